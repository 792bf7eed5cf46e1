import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EntityType, WriteOutcome } from '../../src/amocrm/amo-api.ts'
import { parseHook } from '../../src/amocrm/parse-hook.ts'
import { lookJob } from '../../src/sync/job-catalog.ts'
import { formBody, updateHook } from '../support/hook-body.ts'
import { contact, mainContact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let office: TestOffice

/** A tag of a person, longer than anything else that is looked at in a body. */
const LONG_TAG = `Клиент ${'очень '.repeat(20)}важный`
const OPEN_TAGS = ['В работе', 'Новый', 'Холодный']

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  office.world.addContact(1, { tags: [LONG_TAG] })
  office.world.addLead(17, { contacts: mainContact(1), tags: ['Café & Co'] })
})
afterEach(() => office.close())
afterAll(() => test.close())

const add = (...bodies: (Buffer | string)[]) =>
  office.queues.add(
    office.context.id,
    bodies.flatMap((body) => parseHook(body).touches).map((touch) => lookJob(touch)),
  )
const deliver = async (...bodies: (Buffer | string)[]) => {
  await add(...bodies)
  await office.idle()
}
const hook = (type: EntityType, id: number) => formBody(updateHook(office.world, type, id))
const reads = () => office.api.count('lead', 'contact')

/** The deal and its contact are tagged; what their webhooks say. */
const tagged = async (): Promise<{ lead: Buffer; card: Buffer }> => {
  office.openWorker()
  await office.queues.add(office.context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
  await office.idle()
  expect(office.world.tags('leads', 17)).toEqual(['Café & Co', ...OPEN_TAGS])
  return { lead: hook('leads', 17), card: hook('contacts', 1) }
}
/** Of a field that neither the policy nor the digest of a hook looks at. */
const fill = (value: string) => office.world.changeContact(1, { fields: { 5: { values: [value] } } })
const filled = async () => (await office.doc(contact(1))).card?.fields['5']?.values[0]

describe('the webhook of our own write', () => {
  it('causes no call', async () => {
    const { lead, card } = await tagged()
    const calls = office.api.count()
    await deliver(lead, card)
    expect(office.api.count()).toBe(calls)
  })

  it('causes none in any form it may come in', async () => {
    await tagged()
    const calls = office.api.count()
    await deliver(formBody(updateHook(office.world, 'leads', 17)).toString())
    await deliver(JSON.stringify(updateHook(office.world, 'contacts', 1)))
    expect(office.api.count()).toBe(calls)
  })

  it('causes none when it comes before the answer to the write', async () => {
    office.openWorker()
    const writing = office.api.hold('update')
    await office.queues.add(office.context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
    await writing.entered
    const before = reads()
    expect(office.api.updates[0]).toMatchObject({ type: 'contacts' })
    const passed = office.event('completed')
    await add(hook('contacts', 1))
    await passed
    writing.release()
    await office.idle()
    expect(reads()).toBe(before)
  })

  it('that comes twice causes one look', async () => {
    const { lead } = await tagged()
    await deliver(lead)
    const before = office.api.count('lead')
    await deliver(lead)
    expect(office.api.count('lead')).toBe(before + 1)
  })

  it('is missed by nobody where amoCRM sends none', async () => {
    await tagged()
    office.forward(2)
    fill('a')
    await deliver(hook('contacts', 1))
    expect(await filled()).toBe('a')
    office.forward(2)
    fill('b')
    await deliver(hook('contacts', 1))
    expect(await filled()).toBe('b')
  })

  it('may still come when a person’s change was told first', async () => {
    const { card } = await tagged()
    office.forward(2)
    fill('a')
    await deliver(hook('contacts', 1))
    const calls = office.api.count()
    await deliver(card)
    expect(office.api.count()).toBe(calls)
    expect(await filled()).toBe('a')
  })
})

describe('a person’s change in the second of our write', () => {
  it.each(['after', 'before', 'with'] as const)('is seen when its webhook comes %s the echo', async (order) => {
    const { card } = await tagged()
    fill('a')
    const change = hook('contacts', 1)
    const before = office.api.count('contact')
    if (order === 'with') await deliver(card, change)
    else for (const body of order === 'after' ? [card, change] : [change, card]) await deliver(body)
    expect(await filled()).toBe('a')
    expect(office.api.count('contact')).toBe(before + 1)
  })

  it('is seen when no webhook shows it: links stand in none', async () => {
    const { lead } = await tagged()
    office.world.addContact(2)
    office.world.changeLead(17, { contacts: mainContact(2) })
    await deliver(lead, lead)
    expect((await office.doc(contact(2))).deals).toMatchObject([{ id: 17 }])
  })

  it('of what we know is seen at once', async () => {
    await tagged()
    office.world.changeLead(17, { price: 5 })
    await deliver(hook('leads', 17))
    expect((await office.doc(contact(1))).deals).toMatchObject([{ price: 5 }])
  })
})

describe('a webhook that says what we are about to write', () => {
  it('and passes before the write is made, is made good by a look after it', async () => {
    office.openWorker()
    office.api.before('update', async () => {
      fill('a')
      const passed = office.event('completed')
      await add(formBody(withTags(updateHook(office.world, 'contacts', 1), [LONG_TAG, ...OPEN_TAGS])))
      await passed
      office.forward(3)
    })
    await tagged()
    expect(await filled()).toBe('a')
  })
})

describe('a write that was not made, or nobody knows', () => {
  it.each<[string, WriteOutcome]>([
    ['is refused', { type: 'refused', errors: [] }],
    ['is answered without its second', { type: 'written' }],
  ])('and %s expects no echo', async (_, outcome) => {
    const { update } = office.api
    office.api.update = async (...args) => {
      await update.apply(office.api, args)
      return outcome
    }
    const { card } = await tagged()
    const before = office.api.count('contact')
    await deliver(card)
    expect(office.api.count('contact')).toBe(before + 1)
  })

  it('and failed on its way expects none', async () => {
    office.openWorker()
    const { update } = office.api
    office.api.update = async (...args) => {
      await update.apply(office.api, args)
      throw new Error('no answer')
    }
    const delayed = office.event('delayed')
    await office.queues.add(office.context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
    await delayed
    office.api.update = update
    const before = office.api.count('contact')
    const done = office.event('completed')
    await add(hook('contacts', 1))
    await done
    expect(office.api.count('contact')).toBe(before + 1)
  })
})

describe('a message', () => {
  it('is never taken for an echo', async () => {
    const { lead } = await tagged()
    const [touch] = parseHook(lead).touches
    if (!touch) throw new Error('the hook touches nothing')
    await office.queues.add(office.context.id, [lookJob({ ...touch, incoming: true })])
    await office.idle()
    expect((await office.doc(contact(1))).incomingAt).toBe(office.world.now)
  })
})

/** The body with other tags. */
function withTags(body: Record<string, unknown>, tags: readonly string[]): unknown {
  const text = JSON.stringify(body, (key, value) => (key === 'tags' ? tags.map((name) => ({ id: 1, name })) : value))
  return JSON.parse(text)
}
