import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseHook } from '../../src/amocrm/parse-hook.ts'
import { lookJob } from '../../src/sync/job-catalog.ts'
import { isOutrun, tagsOf } from '../../src/sync/outrun.ts'
import { formBody, updateHook } from '../support/hook-body.ts'
import { contact, mainContact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let office: TestOffice

const TAGS = ['В работе', 'Новый', 'Холодный']

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  office.world.addContact(1)
  office.world.addLead(17, { contacts: mainContact(1) })
})
afterEach(() => office.close())
afterAll(() => test.close())

const start = () => office.queues.add(office.context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
const sorted = (tags: readonly string[]) => tags.toSorted()
/** Ends when the look that the webhook of this entity causes has ended. */
const tell = async (type: 'leads' | 'contacts', id: number) => {
  const ended = office.event('completed')
  await office.queues.add(
    office.context.id,
    parseHook(formBody(updateHook(office.world, type, id))).touches.map((touch) => lookJob(touch)),
  )
  return ended
}

describe('what a person changes between our write and its answer', () => {
  it('is seen when it is read before the answer', async () => {
    const writing = office.api.hold('update')
    office.openWorker()
    await start()
    await writing.entered
    expect(sorted(office.world.tags('contacts', 1))).toEqual(TAGS)
    office.world.changeContact(1, { tags: ['VIP'] })
    await tell('contacts', 1)
    writing.release()
    await office.idle()
    expect(sorted(office.world.tags('contacts', 1))).toEqual(sorted(['VIP', ...TAGS]))
    expect(sorted((await office.doc(contact(1))).card?.tags ?? [])).toEqual(sorted(['VIP', ...TAGS]))
  })

  it('is seen when the answer comes before what was read', async () => {
    const writing = office.api.hold('update')
    office.openWorker()
    await start()
    await writing.entered
    office.world.changeContact(1, { tags: ['VIP'] })
    const reading = office.api.hold('contact')
    const told = tell('contacts', 1)
    await reading.entered
    const written = office.event('completed')
    writing.release()
    await written
    reading.release()
    await told
    await office.idle()
    expect(sorted(office.world.tags('contacts', 1))).toEqual(sorted(['VIP', ...TAGS]))
  })
})

describe('a reading', () => {
  const known = { tags: ['a'], fields: { 7: { values: ['Новый'] } }, wroteAt: 10 }
  const written = { 7: { values: ['Новый'], enumIds: [5] } }

  it('that our write outran leaves the tags as we wrote them, and has to be made again', () => {
    const reading = { tags: ['b'], fields: written, readAt: 5 }
    expect(tagsOf(reading, known)).toEqual(['a'])
    expect(isOutrun(reading, known)).toBe(true)
  })

  it.each([
    ['another value', { 7: { values: ['Спящий'] } }],
    ['a field that we cleared', { ...written, 8: { values: ['Спящий'] } }],
    ['no value where we wrote one', {}],
  ])('that our write outran has to be made again when it shows %s', (_, fields) => {
    expect(isOutrun({ tags: ['a'], fields, readAt: 5 }, known)).toBe(true)
    expect(isOutrun({ tags: ['a'], fields, readAt: 10 }, known)).toBe(false)
  })

  it.each([
    ['asked for after the write', { tags: ['b'], fields: {}, readAt: 10 }],
    ['that shows the write', { tags: ['a'], fields: written, readAt: 5 }],
  ])('%s is taken as it is', (_, reading) => {
    expect(tagsOf(reading, known)).toEqual(reading.tags)
    expect(isOutrun(reading, known)).toBe(false)
  })

  it('of what is not known is taken as it is', () => {
    expect(isOutrun({ tags: [], fields: {}, readAt: 5 }, null)).toBe(false)
    expect(tagsOf({ tags: ['b'], readAt: 5 }, undefined)).toEqual(['b'])
  })
})
