import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Journal, type JournalAction, type JournalEntry } from '../../src/store/journal.ts'
import { Keys } from '../../src/store/keys.ts'
import { contact } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const ENTRY: JournalEntry = {
  ...{ client: contact(1), entity: 'leads', entityId: 17, run: 'live' },
  ...{ tagsAdded: ['Разовый'], tagsRemoved: ['Новый'] },
  statusBefore: { pipelineId: 20, statusId: 201 },
  statusAfter: { pipelineId: 20, statusId: 202 },
  fieldsBefore: { 77: 'Новый', 78: false, 79: null },
  fieldsAfter: { 77: 'Разовый', 78: true, 79: 0 },
  reasons: ['lifecycle.one_time'],
}
const TAGS: JournalEntry = {
  ...ENTRY,
  ...{ tagsRemoved: [], statusBefore: null, statusAfter: null, fieldsBefore: {}, fieldsAfter: {}, reasons: [] },
}
const TASK: JournalAction = { client: contact(1), run: 'live', type: 'task', actionId: 'call', made: 'task 9' }

let test: TestRedis
let journal: Journal
let id = 0

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  id += 1
  journal = new Journal(test.redis, new Keys(test.root))
})
afterAll(() => test.close())

const all = async <Part>(pages: AsyncIterable<readonly Part[]>): Promise<Part[]> => {
  const parts: Part[] = []
  for await (const page of pages) parts.push(...page)
  return parts
}

describe('the journal', () => {
  it('gives back what was recorded, with its instant, newest first', async () => {
    const before = Date.now()
    await journal.record(id, [ENTRY])
    await journal.record(id, [TAGS])
    const entries = await all(journal.ofRun(id, 'live'))
    expect(entries.map(({ at: _, ...entry }) => entry)).toEqual([TAGS, ENTRY])
    expect(entries.every(({ at }) => at >= before - 1_000 && at <= Date.now() + 1_000)).toBe(true)
  })

  it('tells runs apart, and writes from what was made', async () => {
    await journal.record(id, [ENTRY, { ...ENTRY, run: 'policy-2' }])
    await journal.recordMade(id, TASK)
    await journal.recordMade(id, { ...TASK, run: 'policy-2', made: 'task 10' })
    expect(await all(journal.ofRun(id, 'policy-2'))).toMatchObject([{ run: 'policy-2' }])
    expect(new Set((await all(journal.ofRun(id, null))).map(({ run }) => run))).toEqual(new Set(['live', 'policy-2']))
    expect(await all(journal.actionsOf(id, 'live'))).toMatchObject([TASK])
    expect((await all(journal.actionsOf(id, null))).map(({ made }) => made)).toEqual(['task 10', 'task 9'])
    expect(await all(journal.ofRun(id + 1_000, 'live'))).toEqual([])
  })

  it('is read to its end, however many pages that takes', async () => {
    const entries = Array.from({ length: 1_201 }, (_, index) => ({ ...TAGS, entityId: index + 1 }))
    await journal.record(id, entries)
    const ids = (await all(journal.ofRun(id, 'live'))).map(({ entityId }) => entityId)
    expect(new Set(ids).size).toBe(1_201)
    expect(await journal.length(id)).toBe(1_201)
  })

  it('keeps about as many entries as it is told to', async () => {
    const short = new Journal(test.redis, new Keys(test.root), { days: 90, entries: 100 })
    for (let round = 0; round < 10; round++)
      await short.record(
        id,
        Array.from({ length: 100 }, () => TAGS),
      )
    expect(await short.length(id)).toBeGreaterThanOrEqual(100)
    expect(await short.length(id)).toBeLessThan(400)
  })

  it('forgets what is older than its days', async () => {
    const old = new Journal(test.redis, new Keys(test.root), { days: 2, entries: 1_000 })
    await old.record(id, [ENTRY])
    await old.trim(id, Date.now() + 1 * 86_400_000)
    expect(await old.length(id)).toBe(1)
    await old.trim(id, Date.now() + 3 * 86_400_000)
    expect(await old.length(id)).toBe(0)
    await old.trim(id, 5)
  })

  it('takes no more room than what is said needs', async () => {
    await journal.record(id, [TAGS])
    const [[, fields] = ['', []]] = await test.redis.xrange(new Keys(test.root).of(id, 'journal'), '-', '+')
    expect(JSON.parse(fields[3] ?? '')).toEqual({ entity: 'leads', entityId: 17, run: 'live', tagsAdded: ['Разовый'] })
  })
})
