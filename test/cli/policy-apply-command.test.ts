import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { FULL } from '../http/test-server.ts'
import { fillBase } from '../support/small-base.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { Files, runProgram, runProgramWith } from './run-program.ts'

const files = new Files()
let test: TestRedis
let office: TestOffice

beforeAll(async () => {
  await files.open()
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  // The command line looks at the real clock.
  office.clock.now = Date.now()
  await fillBase(office)
})
afterEach(() => office.close())
afterAll(async () => {
  await test.close()
  await files.close()
})

const config = () => ({ config: parseConfig({ ...FULL, REDIS_URL: inject('redisUrl') }), warnings: [] })
const policy = (...args: string[]) => {
  const [command = '', ...more] = args
  const where = ['--account', String(office.context.id), '--key-root', test.root]
  return runProgramWith(config, 'policy', command, ...more, ...where)
}
const file = (content: PolicyInput) => files.write('policy.json', content)
const jobs = async () => (await office.queues.of(office.context.id).getJobs()).map(({ data }) => data)

const SHORTER: PolicyInput = {
  sleeping: { mode: 'fixed', days: 30 },
  rules: [
    {
      ...{ id: 'big', label: { ru: 'Крупный', en: 'Big' }, tag: 'Крупный', target: 'client' },
      when: { fact: 'ltv', op: 'gte', value: 5_000 },
      actions: [{ id: 'thank', type: 'task', text: 'Поблагодарить', duringBackfill: true }],
    },
  ],
}

describe('policy preview', () => {
  it('says in Russian who moves and what it costs, and changes nothing', async () => {
    const before = await jobs()
    const { out, err, code } = await policy('preview', await file(SHORTER))
    expect([err, code]).toEqual(['', 0])
    expect(out).toContain('В базе 10\u00a0клиентов.')
    expect(out).toContain('Жизненный цикл: Разовый → Спящий: 1\u00a0клиент (контакт 10)')
    expect(out).toContain('Жизненный цикл: Спящий 4 → 5')
    expect(out).toContain('задач поставить: 7 (Anna 4, #2 3)')
    expect(out).toMatch(/Отпечаток: [0-9a-f]{16}/)
    expect(await jobs()).toEqual(before)
    expect(await office.policies.current(office.context.id)).toBeNull()
  })

  it('says it in English, and that the base has to be read first', async () => {
    const path = await file({ targets: { lifecycle: { field: 77 } } })
    const { out } = await policy('preview', path, '--lang', 'en')
    expect(out).toContain('Nobody changes his segment.')
    expect(out).toContain('fields to change: 10')
    expect(out).toContain('(of them for reading the base 6)')
    expect(out).toContain('the base will be read first')
  })

  it('refuses a policy that names what the account has not', async () => {
    const { err, code } = await policy('preview', await file({ purchasePipelines: [{ pipelineId: 99 }] }))
    expect(code).toBe(1)
    expect(err).toMatch(/^error purchasePipelines\[0\]\.pipelineId: .*10 \(Sales\)/)
  })
})

describe('policy apply', () => {
  it('saves it under the author, and the running service brings it to the base', async () => {
    const { out, code } = await policy('apply', await file({ language: 'en' }), '--author', 'Anna')
    expect(code).toBe(0)
    expect(out).toContain('policy undo policy-1')
    expect(await office.policies.current(office.context.id)).toMatchObject({ version: 1, author: 'Anna' })
    office.contexts.drop(office.context.id)
    office.openWorker()
    await office.idle()
    expect(office.world.tags('contacts', 1)).toContain('New')
    expect(JSON.parse((await policy('show')).out)).toMatchObject({ version: 1, policy: { language: 'en' } })
  })

  it('for new cases writes nothing at first', async () => {
    const { out } = await policy('apply', await file({ language: 'en' }), '--only-new', '--lang', 'ru')
    expect(out).toContain('для тех, кто изменится')
    expect(await jobs()).toEqual([{ kind: 'redecide', run: 'policy-1', held: 'hold' }])
  })

  it('refuses when the base is not what was previewed, and says what it is', async () => {
    const path = await file(SHORTER)
    const shown = await policy('preview', path)
    const fingerprint = /Отпечаток: (\w+)/.exec(shown.out)?.[1] ?? ''
    const refused = await policy('apply', path, '--previewed', '0123456789abcdef')
    expect(refused).toMatchObject({ code: 1, out: shown.out })
    expect(refused.err).toContain('Ничего не сохранено')
    expect(await jobs()).toEqual([])
    expect(await policy('apply', path, '--previewed', fingerprint)).toMatchObject({ code: 0 })
  })
})

describe('policy undo', () => {
  it('has the running service take a run back', async () => {
    await policy('apply', await file({ language: 'en' }))
    office.contexts.drop(office.context.id)
    office.openWorker()
    await office.idle()
    const { out, code } = await policy('undo', 'policy-1', '--lang', 'en')
    expect(code).toBe(0)
    expect(out).toMatch(/^The service takes policy-1 back; entries of it in the journal: \d+\.\n$/)
    await office.idle()
    expect(office.world.tags('contacts', 1)).toContain('Новый')
  })

  it('says when nothing is known of the run', async () => {
    expect(await policy('undo', 'policy-9')).toMatchObject({ code: 1, err: expect.stringContaining('"policy-9"') })
  })
})

describe('an account that is not there', () => {
  it('is told from those that are', async () => {
    const { err, code } = await runProgramWith(
      config,
      'policy',
      'show',
      '--account',
      '99999999',
      '--key-root',
      test.root,
    )
    expect(code).toBe(1)
    expect(err).toContain('No account 99999999 is installed')
    expect(err).toContain(`${office.context.id} (test.amocrm.ru)`)
    expect((await runProgram('policy', 'show', '--account', 'mine')).code).toBe(1)
    expect((await runProgram('policy', 'show')).code).toBe(1)
  })

  it('has no policy of its own at first', async () => {
    expect(await policy('show')).toMatchObject({ code: 1, err: expect.stringContaining('no policy') })
  })
})
