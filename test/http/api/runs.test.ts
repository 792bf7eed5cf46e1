import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AccountStructure } from '../../../src/store/account-record.ts'
import { RunStore } from '../../../src/store/run-store.ts'
import { backfillJob } from '../../../src/sync/job-catalog.ts'
import { wantedBackfill } from '../../../src/sync/wanted-backfill.ts'
import { DAY, mainContact } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, OPS, SALESPERSON } from './support/api-test.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  const closedAt = api.mine.world.now - 60 * DAY
  for (const id of [1, 2, 3]) {
    api.mine.world.addContact(id)
    const deal = { contacts: mainContact(id), statusId: 142, closedAt, createdAt: closedAt, price: 1_000 }
    api.mine.world.addLead(id * 100, deal)
  }
})
afterEach(async () => {
  vi.restoreAllMocks()
  await api.close()
})

const get = (tail: string) => api.app.inject({ url: api.path(tail), headers: api.as(SALESPERSON) })
const post = (tail: string, payload?: object, headers: Record<string, string> = api.as(ADMIN)) =>
  api.app.inject({ method: 'POST', url: api.path(tail), headers, ...(payload && { payload }) })
const run = async (name: string) => (await get(`/runs/${name}`)).json()
const tags = (id: number) => api.mine.world.tags('contacts', id)

/** The base as a first reading leaves it. */
const install = async () => {
  await api.mine.queues.add(api.mine.context.id, [backfillJob('install-1')])
  const worker = api.mine.openWorker()
  await api.mine.idle()
  return worker
}
/** Ends when a worker has learnt that its run was called off. */
const cancellationNoticed = () =>
  new Promise<void>((resolve) => {
    const { isCancelled } = RunStore.prototype
    vi.spyOn(RunStore.prototype, 'isCancelled').mockImplementation(async function (this: RunStore, ...args) {
      const answer = await isCancelled.apply(this, args)
      if (answer) setImmediate(resolve)
      return answer
    })
  })
const withDateField = (structure: AccountStructure): AccountStructure => {
  const field = { entity: 'lead', id: 78, code: null, name: 'Дата', type: 'date', enums: [] } as const
  return { ...structure, fields: [...structure.fields, field] }
}
const applySleepy = async () => {
  const policy = { sleeping: { mode: 'fixed', days: 30 } }
  const answer = await post('/policy/apply', { policy, base: 0 })
  return answer.json().run as string
}

describe('a run', () => {
  it('is known with its beginning, its end and what it did', async () => {
    await install()
    expect(await run('install-1')).toMatchObject({
      ...{ run: 'install-1', kind: 'install', state: 'done', author: null, share: 1, clients: 3, phase: null },
      ...{ startedAt: expect.any(String), endedAt: expect.any(String), cancelledAt: null },
    })
    expect((await run('install-1')).writes).toBeGreaterThan(0)
  })

  it('of a policy says who asked for it, and goes over the clients there are', async () => {
    await install()
    const name = await applySleepy()
    await api.mine.idle()
    expect(await run(name)).toMatchObject({
      ...{ kind: 'policy', state: 'done', author: 'Anna #1', total: 3, clients: 3, writes: 3 },
    })
    const { runs } = (await get('/runs')).json()
    expect(runs.map(({ run: one }: { run: string }) => one)).toEqual([name, 'install-1'])
  })

  it('waits its turn, runs, and shows its phase meanwhile', async () => {
    const { run: name } = (await post('/resync')).json()
    expect(await run(name)).toMatchObject({ kind: 'resync', state: 'waiting', author: 'Anna #1', startedAt: null })
    const reading = api.mine.api.hold('contacts')
    api.mine.openWorker()
    await reading.entered
    expect(await run(name)).toMatchObject({ state: 'running', phase: 'contacts', share: expect.any(Number) })
    expect((await get('')).json().backfill).toMatchObject({ phase: 'contacts', totalDeals: 3, totalClients: 3 })
    reading.release()
    await api.mine.idle()
    expect(await run(name)).toMatchObject({ state: 'done' })
  })

  it('that is unknown is not found', async () => {
    for (const tail of ['', '/events', '/report']) expect((await get(`/runs/nothing${tail}`)).statusCode).toBe(404)
    for (const tail of ['/cancel', '/undo']) expect((await post(`/runs/nothing${tail}`)).statusCode).toBe(404)
  })
})

describe('a resync', () => {
  it('asked for twice while it waits is one', async () => {
    const [first, second] = [(await post('/resync')).json(), (await post('/resync', undefined, OPS)).json()]
    expect(second).toEqual(first)
  })

  it('asked for while the base is read comes after that reading', async () => {
    const reading = api.mine.api.hold('contacts')
    await api.mine.queues.add(api.mine.context.id, [backfillJob('install-1')])
    api.mine.openWorker()
    await reading.entered
    const { run: name } = (await post('/resync')).json()
    reading.release()
    await api.mine.idle()
    expect([await run('install-1'), await run(name)]).toMatchObject([{ state: 'done' }, { state: 'done' }])
  })

  it('is refused to a salesperson and to a removed account', async () => {
    expect((await post('/resync', undefined, api.as(SALESPERSON))).json().code).toBe('admin_only')
    await api.mine.accounts.patch(api.mine.context.id, { status: 'disconnected' })
    expect((await post('/resync', undefined, OPS)).json().code).toBe('account_disconnected')
  })
})

describe('calling a run off', () => {
  it('stops one that is under way, and the sweep does not take it up again', async () => {
    const { run: name } = (await post('/resync')).json()
    const reading = api.mine.api.hold('contacts')
    api.mine.openWorker()
    await reading.entered
    const noticed = cancellationNoticed()
    expect((await post(`/runs/${name}/cancel`)).json()).toMatchObject({ state: 'cancelling' })
    await noticed
    reading.release()
    await api.mine.idle()
    expect(await run(name)).toMatchObject({ state: 'cancelled' })
    expect(await wantedBackfill(api.mine.context)).toBeNull()
  })

  it('keeps one that waits from ever beginning', async () => {
    const worker = await install()
    await worker.close()
    const name = await applySleepy()
    expect((await post(`/runs/${name}/cancel`)).statusCode).toBe(202)
    api.mine.contexts.dropAll()
    api.mine.openWorker()
    await api.mine.idle()
    expect(await run(name)).toMatchObject({ state: 'cancelled', startedAt: null })
    expect(tags(1)).toContain('Разовый')
  })

  it('before it began leaves what else is asked for to be done', async () => {
    const worker = await install()
    await worker.close()
    // A field the mirror does not keep: the policy's run is to read the base, and so does a resync in its place.
    const policy = { purchaseDateField: 78 }
    api.mine.api.structure = withDateField(api.mine.api.structure)
    await api.mine.accounts.writeStructure(api.mine.context.id, api.mine.api.structure)
    const { run: name, work } = (await post('/policy/apply', { policy, base: 0 })).json()
    expect(work).toBe('backfill')
    await post(`/runs/${name}/cancel`)
    await api.mine.queues.of(api.mine.context.id).drain()
    await api.mine.queues.of(api.mine.context.id).removeDeduplicationKey('backfill')
    await api.mine.queues.add(api.mine.context.id, [backfillJob('resync-1')])
    api.mine.contexts.dropAll()
    api.mine.openWorker()
    await api.mine.idle()
    expect([await run(name), await run('resync-1')]).toMatchObject([{ state: 'cancelled' }, { state: 'done' }])
  })

  it('is refused for one that has ended, and to a salesperson', async () => {
    await install()
    expect((await post('/runs/install-1/cancel')).json().code).toBe('run_ended')
    expect((await post('/runs/install-1/cancel', undefined, api.as(SALESPERSON))).json().code).toBe('admin_only')
  })
})

describe('taking a run back', () => {
  it('makes the clients stand as before, and reports what it left', async () => {
    await install()
    const before = [1, 2, 3].map(tags)
    const name = await applySleepy()
    await api.mine.idle()
    expect(tags(1)).toContain('Спящий')
    api.mine.world.changeContact(2, { tags: ['Мой'] })
    const { run: undoing } = (await post(`/runs/${name}/undo`)).json()
    expect(undoing).toBe(`undo-${name}`)
    await api.mine.idle()
    expect([tags(1), tags(2), tags(3)]).toEqual([before[0], ['Мой'], before[2]])
    expect(await run(undoing)).toMatchObject({ kind: 'undo', state: 'done', author: 'Anna #1' })
    const report = (await get(`/runs/${undoing}/report`)).json()
    expect(report).toMatchObject({
      ...{ run: name, restored: 2, leftCount: 1 },
      left: [{ entity: 'contacts', entityId: 2, outcome: 'changed_since' }],
    })
  })

  it('is refused while it goes on, and for what takes back itself', async () => {
    await install()
    const worker = await api.mine.openWorker()
    await worker.close()
    const { run: name } = (await post('/resync')).json()
    expect((await post(`/runs/${name}/undo`)).json().code).toMatch(/run_not_ended|run_unknown/)
    await api.mine.idle()
    const { run: undoing } = (await post(`/runs/${name}/undo`)).json()
    await api.mine.idle()
    expect((await post(`/runs/${undoing}/undo`)).json().code).toBe('run_not_undoable')
    expect((await get(`/runs/${name}/report`)).json().code).toBe('report_absent')
  })
})

describe('following a run', () => {
  const events = (text: string) =>
    text
      .split('\n\n')
      .filter((part) => part.startsWith('event:'))
      .map((part) => {
        const [event = '', data = ''] = part.split('\n')
        return [event.slice('event: '.length), JSON.parse(data.slice('data: '.length))]
      })

  it('tells its progress and its end, and then ends itself', async () => {
    const { run: name } = (await post('/resync')).json()
    const followed = get(`/runs/${name}/events`)
    api.mine.openWorker()
    const answer = await followed
    expect(answer.headers['content-type']).toBe('text/event-stream')
    const told = events(answer.body)
    expect(told[0]).toEqual(['progress', expect.objectContaining({ run: name })])
    expect(told.at(-1)).toEqual(['end', expect.objectContaining({ run: name, state: 'done', clients: 3 })])
  })

  it('of one that has ended tells its end at once', async () => {
    await install()
    const told = events((await get('/runs/install-1/events')).body)
    expect(told).toEqual([['end', expect.objectContaining({ state: 'done' })]])
  })

  it('ends when the service closes', async () => {
    const { run: name } = (await post('/resync')).json()
    const url = api.path(`/runs/${name}/events`)
    const followed = await api.app.inject({ url, headers: OPS, payloadAsStream: true })
    const told = text(followed.stream())
    await api.app.close()
    expect(events(await told)).toEqual([['progress', expect.objectContaining({ state: 'waiting' })]])
  })
})
