import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PRESET_NAMES } from '../../src/segmentation/presets.ts'
import { ACCOUNT, aRule } from '../segmentation/rules-support.ts'
import { Files, runProgram } from './run-program.ts'

const files = new Files()
beforeAll(() => files.open())
afterAll(() => files.close())

const VIP = aRule({ fact: 'ltv', op: 'gte', value: 1_000 }, { id: 'vip', tag: 'VIP' })

describe('policy check', () => {
  it('accepts a sound policy', async () => {
    const ran = await runProgram('policy', 'check', await files.write('sound.json', { rules: [VIP] }))
    expect(ran).toEqual({ out: 'The policy is sound\n', err: '', code: 0 })
  })

  it('tells every fault of the form with its path', async () => {
    const faulty = { sleeping: { days: 5 }, nope: 1, rules: [{ ...VIP, when: { all: [{ fact: 'ltv', op: 'is' }] } }] }
    const ran = await runProgram('policy', 'check', await files.write('faulty.json', faulty))
    expect(ran.code).toBe(1)
    expect(ran.out).toBe('')
    const paths = ran.err
      .trim()
      .split('\n')
      .map((line) => line.split(': ')[0])
    expect(paths.sort()).toEqual(['error nope', 'error rules[0].when.all[0].op', 'error sleeping.days'])
  })

  it('looks names up in the account, where one is given', async () => {
    const rules = [aRule({ fact: 'lastDeal.pipeline', op: 'eq', value: 'Закупки' })]
    const policy = await files.write('names.json', { rules })
    expect((await runProgram('policy', 'check', policy)).code).toBe(0)
    const ran = await runProgram('policy', 'check', policy, '--account', await files.write('account.json', ACCOUNT))
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(/^error rules\[0\]\.when\.value: .*Закупки.*Продажи/)
  })

  it('warns without refusing', async () => {
    const policy = await files.write('odd.json', { rules: [aRule({ any: [] })] })
    const ran = await runProgram('policy', 'check', policy)
    expect(ran).toMatchObject({ err: '', code: 0 })
    expect(ran.out).toMatch(/^warning rules\[0\]\.when: .*never match/)
  })

  it.each([
    ['{', /is not JSON/],
    [undefined, /Cannot read/],
  ])('says what is wrong with the file %j', async (content, says) => {
    const path = content === undefined ? '/nowhere/at/all.json' : await files.write('broken.json', content)
    const ran = await runProgram('policy', 'check', path)
    expect(ran).toMatchObject({ out: '', code: 1 })
    expect(ran.err).toMatch(says)
  })
})

describe('policy diff', () => {
  it('tells the changes in the language asked for', async () => {
    const before = await files.write('before.json', {})
    const after = await files.write('after.json', { sleeping: { days: 60 }, rules: [VIP] })
    const ran = await runProgram('policy', 'diff', before, after, '--lang', 'en')
    expect(ran).toMatchObject({ err: '', code: 0 })
    expect(ran.out).toBe('Sleeping clients: days: 90 → 60\nRule "Правило" added: ltv ≥ 1000\n')
    const json = await runProgram('policy', 'diff', before, after, '--json')
    expect(JSON.parse(json.out)).toMatchObject([{ path: ['sleeping', 'days'] }, { type: 'rule_added' }])
  })

  it('says so where nothing differs', async () => {
    const policy = await files.write('same.json', {})
    expect((await runProgram('policy', 'diff', policy, policy)).out).toBe('Различий нет\n')
  })
})

describe('policy schema', () => {
  it('is a JSON Schema in which only rules recur', async () => {
    const schema = JSON.parse((await runProgram('policy', 'schema')).out)
    expect(schema).toMatchObject({
      type: 'object',
      properties: { sleeping: { properties: { days: { minimum: 30, maximum: 730, default: 90 } } } },
      $defs: { Condition: {} },
    })
    expect(schema.required).toBeUndefined()
  })
})

describe('policy preset', () => {
  it.each(PRESET_NAMES)('%s is sound, with the ready-made rules off', async (name) => {
    const { out, code } = await runProgram('policy', 'preset', name)
    expect(code).toBe(0)
    expect(JSON.parse(out).rules.map((rule: { enabled: boolean }) => rule.enabled)).not.toContain(true)
    const check = await runProgram('policy', 'check', await files.write(`${name}.json`, out))
    expect(check).toEqual({ out: 'The policy is sound\n', err: '', code: 0 })
  })

  it('lists the loss reasons of the account that look like junk', async () => {
    const account = await files.write('reasons.json', { lossReasons: ACCOUNT.lossReasons })
    const { out } = await runProgram('policy', 'preset', 'default', '--account', account)
    expect(JSON.parse(out).junkReasons).toEqual([1])
  })

  it('refuses a name it does not know', async () => {
    expect(await runProgram('policy', 'preset', 'nope')).toMatchObject({ out: '', code: 1 })
  })
})
