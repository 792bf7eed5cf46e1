import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import type { JournalEntry } from '../../src/store/journal.ts'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { look } from '../../src/sync/look.ts'
import { retired } from '../../src/sync/preview.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { redecide } from '../../src/sync/redecide.ts'
import { undo } from '../../src/sync/undo.ts'
import { BASE, fillBase, lookAtAll } from '../support/small-base.ts'
import { contact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const ANNA = contact(1)
const RUN = 'policy-2'

let test: TestRedis
let account: TestAccount
/** The account under the policy that the run brought. */
let context: AccountContext

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root)
  await fillBase(account)
})
afterAll(() => test.close())

const NEVER = new AbortController().signal
const apply = async (policy: PolicyInput) => {
  context = { ...account.withPolicy(policy), ...retired(account.context) }
  await redecide(context, { run: RUN, heldOf: () => 'release', signal: NEVER, current: async () => context })
}
const takeBack = async (run = RUN) => {
  const report = await undo(context, run, NEVER)
  if (!report) throw new Error('it was stopped')
  return report
}
/** All that stands in amoCRM, of what we might have written. */
const world = () =>
  (['contacts', 'leads'] as const).flatMap((type) =>
    [...account.world.cards(type).values()].map((card) => ({
      ...{ type, id: card.id, tags: card.tags.toSorted(), fields: card.fields },
      ...('statusId' in card && { statusId: card.statusId, pipelineId: card.pipelineId }),
    })),
  )
const reconcileAll = async () => {
  await lookAtAll(account)
  for (const ref of BASE) await reconcile(context, ref, { priority: 'due', run: 'due', breaker: null })
}
const record = (part: Partial<JournalEntry>) => {
  const none = { tagsAdded: [], tagsRemoved: [], statusBefore: null, statusAfter: null }
  const empty = { ...none, fieldsBefore: {}, fieldsAfter: {}, reasons: [] }
  const entry: JournalEntry = { client: ANNA, entity: 'contacts', entityId: 1, run: RUN, ...empty, ...part }
  return account.context.journal.record(account.context.id, [entry])
}

const WHOLE: PolicyInput = {
  ...{ language: 'en', card: { pipelineId: 20, statuses: { new: 201, one_time: 202, sleeping: 202 } } },
  targets: { lifecycle: { field: 77 } },
}
/** Everyone gets a card, which the policy then moves. */
const addCards = async () => {
  for (const { id } of BASE) account.world.addLead(id * 100 + 50, { pipelineId: 20, contacts: [{ id, isMain: true }] })
  for (const { id } of BASE) account.world.changeContact(id, { fields: { 77: { values: ['Постоянный'] } } })
  await lookAtAll(account)
  for (const ref of BASE) await reconcile(account.context, ref, { priority: 'live', run: 'live', breaker: null })
}

describe('an undone run', () => {
  it('leaves tags, fields and cards as they stood before it', async () => {
    await addCards()
    const before = world()
    await apply(WHOLE)
    expect(world()).not.toEqual(before)
    expect(await takeBack()).toMatchObject({ run: RUN, left: [], leftCount: 0, kept: [] })
    expect(world()).toEqual(before)
  })

  it('writes one batch of each kind, and counts each entity once', async () => {
    await apply({ language: 'en' })
    const written = account.api.updates.length
    const { restored } = await takeBack()
    expect(restored).toBe(written)
    expect(account.api.updates).toHaveLength(2 * written)
  })

  it('is not written again at the next look, nor at those after it, until a client is answered differently', async () => {
    await apply({ language: 'en' })
    await takeBack()
    account.api.updates.length = 0
    await reconcileAll()
    account.forward(3_600)
    await reconcileAll()
    expect(account.api.updates).toEqual([])
    account.world.win(100)
    await look(context, { entity: 'lead', id: 100, incoming: false })
    await reconcile(context, ANNA, { priority: 'live', run: 'live', breaker: null })
    expect(account.world.tags('contacts', 1)).toEqual(['Hot', 'One-time', 'VIP'])
  })

  it('undone twice changes nothing more, and says the same', async () => {
    await addCards()
    await apply(WHOLE)
    const first = await takeBack()
    const [stands, writes] = [world(), account.api.updates.length]
    expect(await takeBack()).toEqual(first)
    expect(world()).toEqual(stands)
    expect(account.api.updates).toHaveLength(writes)
  })

  it('can be undone itself', async () => {
    await apply({ language: 'en' })
    const applied = world()
    await takeBack()
    await takeBack(`undo-${RUN}`)
    expect(world()).toEqual(applied)
  })

  it('with nothing in it is nothing', async () => {
    await apply({ language: 'en' })
    expect(await takeBack('policy-77')).toMatchObject({ restored: 0, leftCount: 0, keptCount: 0 })
  })

  it('goes on where a failure, or the end of the process, stopped it', async () => {
    const before = world()
    await apply({ language: 'en' })
    const written = account.api.updates.length
    account.api.after('update', () => {
      throw new Error('the process ends here')
    })
    account.api.failNext('update', 'unavailable')
    await expect(takeBack()).rejects.toThrow()
    expect(await takeBack()).toMatchObject({ restored: written, leftCount: 0 })
    expect(world()).toEqual(before)
    expect(account.api.updates).toHaveLength(2 * written)
    expect(await undo(context, RUN, AbortSignal.abort())).toBeNull()
  })
})

describe('what changed since the run', () => {
  beforeEach(() => apply({ language: 'en' }))
  const left = async () => (await takeBack()).left

  it('keeps a tag that a person added, and is restored all the same', async () => {
    account.world.changeContact(1, { tags: [...account.world.tags('contacts', 1), 'Просил скидку'] })
    expect(await left()).toEqual([])
    expect(account.world.tags('contacts', 1)).toEqual(['VIP', 'В работе', 'Новый', 'Просил скидку', 'Холодный'])
  })

  it('is left as the person left it, who took one of our tags away', async () => {
    account.world.changeContact(1, { tags: ['VIP', 'New'] })
    expect(await left()).toEqual([{ entity: 'contacts', entityId: 1, client: ANNA, outcome: 'changed_since' }])
    expect(account.world.tags('contacts', 1)).toEqual(['VIP', 'New'].toSorted())
    expect(account.world.tags('leads', 100)).toContain('Новый')
  })

  it('is left as it is, while what still stands as the run left it is taken back', async () => {
    await addCards()
    const [before] = [account.world.tags('leads', 150)]
    await apply(WHOLE)
    account.world.changeLead(150, { statusId: 203 })
    const { left: entities, restored } = await takeBack()
    expect(entities).toEqual([{ entity: 'leads', entityId: 150, client: ANNA, outcome: 'changed_since' }])
    expect(account.world.leads.get(150)?.statusId).toBe(203)
    expect(account.world.tags('leads', 150)).toEqual(before)
    expect(restored).toBeGreaterThan(0)
  })

  it('is left when it is gone, refused or frozen, and everything else is restored', async () => {
    account.world.contacts.delete(1)
    account.api.refused.add('contacts/3')
    account.world.changeContact(4, { tags: [...account.world.tags('contacts', 4), 'Стоп-сегмент'] })
    await look(context, { entity: 'contact', id: 4, incoming: false })
    const outcomes = (await left()).map(({ entity, entityId, outcome }) => [entity, entityId, outcome])
    expect(outcomes.toSorted()).toEqual([
      ['contacts', 1, 'gone'],
      ['contacts', 3, 'refused'],
      ['contacts', 4, 'frozen'],
      ['leads', 400, 'frozen'],
    ])
    expect(account.world.tags('contacts', 5)).toContain('Постоянный')
  })

  it('is left when a later run changed it', async () => {
    account.world.win(100)
    await look(context, { entity: 'lead', id: 100, incoming: false })
    await reconcile(context, ANNA, { priority: 'live', run: 'live', breaker: null })
    expect(await left()).toContainEqual(expect.objectContaining({ entity: 'contacts', entityId: 1 }))
    expect(account.world.tags('contacts', 1)).toEqual(['Hot', 'One-time', 'VIP'])
  })
})

describe('several writes of one run to one entity', () => {
  const card = (statusId: number) => ({ pipelineId: 20, statusId })

  it('end as it stood before the first of them, in one write', async () => {
    context = account.context
    account.world.addLead(900, { pipelineId: 20, statusId: 202, tags: ['C', 'D', 'чужой'], contacts: [] })
    const lead = { entity: 'leads', entityId: 900 } as const
    await record({
      ...lead,
      tagsAdded: ['A', 'D'],
      tagsRemoved: ['Z'],
      statusBefore: card(200),
      statusAfter: card(201),
    })
    await record({ ...lead, tagsAdded: ['B'], tagsRemoved: ['A'], fieldsBefore: { 5: null }, fieldsAfter: { 5: 'x' } })
    await record({ ...lead, tagsAdded: ['C'], tagsRemoved: ['B'], statusBefore: card(201), statusAfter: card(202) })
    account.world.changeLead(900, { fields: { 5: { values: ['x'] } } })
    expect(await takeBack()).toMatchObject({ restored: 1, leftCount: 0 })
    expect(account.world.tags('leads', 900)).toEqual(['Z', 'чужой'])
    expect(account.world.leads.get(900)).toMatchObject({ statusId: 200, fields: {} })
    expect(account.api.updates).toHaveLength(1)
    expect(await takeBack()).toMatchObject({ restored: 1 })
    expect(account.api.updates).toHaveLength(1)
  })

  it('are far apart in the journal', async () => {
    context = account.context
    await record({ tagsAdded: ['A'] })
    for (let id = 2; id < 1_200; id++) await record({ entityId: 5_000 + id, run: 'live', tagsAdded: ['X'] })
    await record({ tagsAdded: ['B'], tagsRemoved: ['A'] })
    account.world.changeContact(1, { tags: ['B'] })
    expect(await takeBack()).toMatchObject({ restored: 1 })
    expect(account.world.tags('contacts', 1)).toEqual([])
  })

  it('that came to nothing in the end are nothing to take back', async () => {
    context = account.context
    await record({ tagsAdded: ['A'], statusBefore: card(200), statusAfter: card(201) })
    await record({ tagsRemoved: ['A'], statusBefore: card(201), statusAfter: card(200) })
    account.world.changeContact(1, { tags: ['A'] })
    expect(await takeBack()).toMatchObject({ restored: 1, leftCount: 0 })
    expect(account.api.updates).toEqual([])
  })
})

describe('what cannot be taken back', () => {
  it('is listed: tasks, notes, bots, webhooks and cards of the run', async () => {
    context = account.context
    const { id, journal } = context
    for (const type of ['task', 'note', 'salesbot', 'webhook', 'card'] as const) {
      await journal.recordMade(id, { client: ANNA, run: RUN, type, actionId: 'a', made: `${type} 1` })
    }
    await journal.recordMade(id, { client: ANNA, run: 'live', type: 'task', actionId: 'a', made: 'task 2' })
    const { kept, keptCount } = await takeBack()
    expect(keptCount).toBe(5)
    expect(kept.map(({ made }) => made)).toEqual(['card 1', 'webhook 1', 'salesbot 1', 'note 1', 'task 1'])
    expect(kept[0]).toMatchObject({ client: ANNA, type: 'card', at: expect.any(Number) })
  })
})
