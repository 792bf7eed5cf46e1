import type { AccountFacts } from '../../segmentation/facts.ts'
import { type CatalogEntry, FACT_CATALOG } from '../../segmentation/rules/fact-catalog.ts'
import { type FieldEntry, fieldCatalog } from '../../segmentation/rules/field-catalog.ts'
import { everyClient } from '../../store/every-client.ts'
import type { AccountContext } from '../account-context.ts'

export { OPS } from '../../segmentation/rules/comparison-schema.ts'

type Names = Pick<AccountFacts, 'timeZone' | 'currency' | 'pipelines' | 'users' | 'lossReasons' | 'fields'>

/** All that a policy may name in an account. */
export interface AccountCatalogue extends Names {
  readonly host: string
  /** Facts that every account has, then its custom fields. */
  readonly facts: readonly (CatalogEntry | FieldEntry)[]
  /** Tags seen on clients and deals, the most used first; those of many clients, not of all. */
  readonly tags: { readonly client: readonly string[]; readonly deal: readonly string[] }
}

/** Clients looked at for tags: enough to meet every tag in common use, whatever the size of the base. */
const TAG_SAMPLE = 4_000

const MOST_TAGS = 500

/** The names in an account, from the mirror alone. */
export const accountCatalogue = async (context: AccountContext): Promise<AccountCatalogue> => {
  const { timeZone, currency, pipelines, users, lossReasons, fields } = context.compiled.account
  return {
    ...{ timeZone, currency, pipelines, users, lossReasons, fields },
    host: context.record.host,
    facts: [...FACT_CATALOG, ...fieldCatalog(context.compiled.account)],
    tags: await seenTags(context),
  }
}

const seenTags = async ({ mirror, id }: AccountContext): Promise<AccountCatalogue['tags']> => {
  const [client, deal] = [new Map<string, number>(), new Map<string, number>()]
  let seen = 0
  for await (const docs of everyClient(mirror, id)) {
    for (const doc of docs) {
      count(client, doc.card?.tags ?? [])
      for (const { tags } of doc.deals) count(deal, tags)
    }
    seen += docs.length
    if (seen >= TAG_SAMPLE) break
  }
  return { client: mostUsed(client), deal: mostUsed(deal) }
}

const count = (counts: Map<string, number>, tags: readonly string[]): void => {
  for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
}

const mostUsed = (counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_TAGS)
    .map(([tag]) => tag)
