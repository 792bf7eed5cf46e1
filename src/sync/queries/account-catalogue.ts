import { type CatalogEntry, FACT_CATALOG } from '../../segmentation/rules/fact-catalog.ts'
import { type FieldEntry, fieldCatalog } from '../../segmentation/rules/field-catalog.ts'
import { everyClient } from '../../store/every-client.ts'
import type { AccountContext } from '../account-context.ts'

export { OPS } from '../../segmentation/rules/comparison-schema.ts'

/** What rules are made of in an account, besides the names of its structure. */
export interface AccountCatalogue {
  /** Facts that every account has, then its custom fields. */
  readonly facts: readonly (CatalogEntry | FieldEntry)[]
  /** Tags seen on clients and deals, the most used first; those of many clients, not of all. */
  readonly tags: { readonly client: readonly string[]; readonly deal: readonly string[] }
}

/** Clients looked at for tags: enough to meet every tag in common use, whatever the size of the base. */
const TAG_SAMPLE = 4_000

const MOST_TAGS = 500

/** The facts and tags of an account, from the mirror alone. */
export const accountCatalogue = async (context: AccountContext): Promise<AccountCatalogue> => ({
  facts: [...FACT_CATALOG, ...fieldCatalog(context.compiled.account)],
  tags: await seenTags(context),
})

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
