import type { Page } from 'playwright-core'
import { cardRefs, tagsOf } from '../../../sandbox/demo/facts-of-world.ts'
import { type Policy, parsePolicy } from '../../../src/segmentation/policy.ts'
import type { Trial } from '../../integration/support/start-trial.ts'

/** The policy in force, with every setting. */
export const policyInForce = async ({ policies, accountId }: Trial): Promise<Policy> => {
  const parsing = parsePolicy((await policies.current(accountId))?.policy)
  if (parsing.type === 'invalid') throw new Error('the policy in force does not parse')
  return parsing.policy
}

/** The tags of every client and deal, to see whether they came back. */
export const allTags = ({ world }: Trial): Readonly<Record<string, readonly string[]>> => {
  const { contacts, companies, leads } = world
  return Object.fromEntries([
    ...contacts.all.map((card) => [`contact ${card.id}`, tagsOf(world, 'contacts', card).toSorted()]),
    ...companies.all.map((card) => [`company ${card.id}`, tagsOf(world, 'companies', card).toSorted()]),
    ...leads.all.map((card) => [`lead ${card.id}`, tagsOf(world, 'leads', card).toSorted()]),
  ])
}

/** Clients whose card bears a tag, as `contact 5`. */
export const bearing = ({ world }: Trial, tag: string): string[] =>
  cardRefs(world)
    .filter(({ kind, id }) => {
      const [type, card] =
        kind === 'contact'
          ? (['contacts', world.contacts.get(id)] as const)
          : (['companies', world.companies.get(id)] as const)
      return card !== undefined && tagsOf(world, type, card).includes(tag)
    })
    .map(({ kind, id }) => `${kind} ${id}`)
    .toSorted()

/** From the form to the preview of what it would do. */
export const preview = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Что это изменит' }).click()
  await page.getByRole('heading', { name: 'Что изменится' }).waitFor()
}

/** Applies what is previewed, and waits until the run of it has ended. */
export const applyToAll = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Применить', exact: true }).click()
  await page.getByRole('region', { name: 'Ход работы' }).getByText('готово').waitFor()
}
