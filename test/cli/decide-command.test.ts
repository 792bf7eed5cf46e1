import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, aRule, DAY, NOON } from '../segmentation/rules-support.ts'
import { Files, runProgram } from './run-program.ts'

const files = new Files()
beforeAll(() => files.open())
afterAll(() => files.close())

const AT = '2026-06-14T12:00:00+03:00'
const bought = (id: number, daysAgo: number, price = 1_000) => ({
  id,
  statusId: 142,
  price,
  closedAt: NOON - daysAgo * DAY,
})
const lines = (...clients: unknown[]) =>
  clients.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')

const decideJson = async (policy: unknown, clients: string, ...more: string[]) => {
  const args = [
    '--policy',
    await files.write('policy.json', policy),
    '--clients',
    await files.write('c.jsonl', clients),
  ]
  const ran = await runProgram('decide', ...args, '--at', AT, '--json', ...more)
  const verdicts = ran.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  return { ...ran, verdicts }
}

describe('decide', () => {
  it('prints a verdict with its reasons for each client', async () => {
    const rules = [aRule({ fact: 'ltv', op: 'gte', value: 1_000 }, { id: 'vip' })]
    const { verdicts, err, code } = await decideJson({ rules }, lines({ id: 1, deals: [bought(5, 44)] }, '', { id: 2 }))
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(verdicts).toMatchObject([
      {
        kind: 'contact',
        id: 1,
        at: NOON,
        lifecycle: { segment: 'one_time', reason: { facts: { lastDealIds: [5] } }, until: NOON + 46 * DAY },
        temperature: { segment: 'hot' },
        rules: [{ ruleId: 'vip', dealId: null, reason: { facts: { ltv: 1_000 } } }],
        nextChangeAt: NOON + 46 * DAY,
      },
      { id: 2, lifecycle: { segment: 'new' }, temperature: { segment: 'cold' }, standing: null, nextChangeAt: null },
    ])
  })

  it('prints words for people', async () => {
    const policy = await files.write('plain.json', {})
    const clients = await files.write('plain.jsonl', lines({ id: 1, deals: [bought(5, 44)] }))
    const ru = await runProgram('decide', '--policy', policy, '--clients', clients, '--at', AT)
    expect(ru.out).toMatch(/^Контакт 1\n {2}Разовый: .*01\.05\.2026/)
    expect(ru.out).toMatch(/Станет спящим 30\.07\.2026/)
    const en = await runProgram(
      'decide',
      '--policy',
      policy,
      '--clients',
      clients,
      '--at',
      String(NOON),
      '--lang',
      'en',
    )
    expect(en.out).toMatch(/^Contact 1\n {2}One-time: /)
  })

  it('reports bad lines with number and path, and decides the others', async () => {
    const bad = [
      { id: 2, deals: [{ id: 1, statusId: 'x' }] },
      '{',
      { id: 3, tag: [] },
      { id: 4, createdAt: 1_781_427_600_000 },
    ]
    const { verdicts, err, code } = await decideJson(
      {},
      lines({ id: 1 }, ...bad, { id: 9, deals: [{ id: 1, statusId: 142 }] }, { id: 10 }),
    )
    expect(verdicts.map((one) => one.id)).toEqual([1, 10])
    expect(code).toBe(1)
    const faults = err.trim().split('\n')
    expect(faults).toHaveLength(5)
    expect(faults[0]).toMatch(/^line 2: deals\[0\]\.statusId: /)
    expect(faults[1]).toMatch(/^line 3: not JSON/)
    expect(faults[2]).toMatch(/^line 4: .*"tag"/)
    expect(faults[3]).toMatch(/^line 5: createdAt: /)
    expect(faults[4]).toMatch(/^line 6: deals\[0\]\.closedAt: /)
  })

  it('makes an account up from the facts: what rules name by id is there', async () => {
    const deal = { id: 1, pipelineId: 3, statusId: 33, createdAt: NOON - DAY, fields: { 31: 'vk' } }
    const client = { id: 1, responsibleUserId: 4, fields: { 1: 'Омск', 2: 5, 6: NOON - DAY, 8: true }, deals: [deal] }
    const parts = [
      { fact: 'responsible', op: 'in', value: [4, 5] },
      { fact: 'lastDeal.pipeline', op: 'in', value: [3, 99] },
      { fact: 'lastDeal.status', op: 'ne', value: 77 },
      { fact: 'lastDeal.field:31', op: 'contains', value: 'vk' },
      { fact: 'field:1', op: 'eq', value: 'омск' },
      { fact: 'field:2', op: 'gte', value: 5 },
      { fact: 'field:6', op: 'within_days', value: 2 },
      { fact: 'field:8', op: 'eq', value: true },
    ]
    const rules = [{ id: 'all', label: 'Всё', target: 'client', when: { all: parts } }]
    const { verdicts, err } = await decideJson({ rules }, lines(client))
    expect(err).toBe('')
    expect(verdicts[0]).toMatchObject({
      rules: [{ ruleId: 'all' }],
      temperature: { segment: 'warm' },
      nextChangeAt: NOON + DAY,
    })
  })

  it('takes the account given: names, first stages, days', async () => {
    const account = await files.write('account.json', ACCOUNT)
    const rules = [aRule({ fact: 'lastDeal.status', op: 'eq', value: 'первичный контакт' }, { id: 'first' })]
    const client = { id: 1, deals: [{ id: 1, pipelineId: 10, statusId: 101, createdAt: NOON }] }
    const { verdicts } = await decideJson({ rules }, lines(client), '--account', account)
    expect(verdicts[0]).toMatchObject({ rules: [{ ruleId: 'first' }], temperature: { segment: 'cold' } })
    const faulty = await decideJson({ junkReasons: [9] }, lines(client), '--account', account)
    expect(faulty).toMatchObject({ out: '', code: 1, err: expect.stringMatching(/^error junkReasons\[0\]: /) })
  })

  it('takes the gaps of the account from the file, for the mode rhythm', async () => {
    const buyers = Array.from({ length: 101 }, (_, id) => ({ id: id + 1, deals: [bought(1, 60), bought(2, 50)] }))
    const { verdicts } = await decideJson({ sleeping: { mode: 'rhythm' } }, lines(...buyers))
    expect(verdicts[0]).toMatchObject({
      lifecycle: { segment: 'sleeping', reason: { facts: { thresholdFrom: 'account_rhythm' } } },
    })
  })

  it('takes who is not spoken of as unreachable for reachable', async () => {
    const lost = { id: 1, statusId: 143, closedAt: NOON - DAY }
    const { verdicts } = await decideJson(
      {},
      lines(
        { id: 1, deals: [lost] },
        { id: 2, deals: [lost], hasPhone: false },
        { id: 3, deals: [lost], hasEmail: true },
      ),
    )
    expect(verdicts.map((one) => one.standing.segment)).toEqual(['refused', 'low_quality', 'refused'])
  })

  it('refuses an instant it cannot read', async () => {
    const ran = await runProgram('decide', '--policy', 'x', '--clients', 'y', '--at', 'yesterday')
    expect(ran).toMatchObject({ out: '', code: 1, err: expect.stringContaining('Unix seconds') })
  })

  it('reads the standard input, as a program of its own', async () => {
    const program = `
      import { Command } from 'commander'
      import { registerDecideCommand } from './src/cli/register-decide-command.ts'
      const program = new Command()
      registerDecideCommand(program)
      await program.parseAsync()`
    const args = ['decide', '--policy', await files.write('stdin.json', {}), '--clients', '-', '--at', AT, '--json']
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, '--', ...args], {
      cwd: new URL('../..', import.meta.url),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(lines({ id: 1 }, { id: 2 }))
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([1, 2])
    expect(code).toBe(0)
  })
})
