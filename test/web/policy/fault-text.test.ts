import { readFile } from 'node:fs/promises'
import i18next, { type TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkPolicy } from '../../../src/segmentation/check-policy.ts'
import { parsePolicy } from '../../../src/segmentation/policy.ts'
import { faultText } from '../../../web/src/pages/policy/form/fault-text.ts'
import { ACCOUNT } from '../../segmentation/rules-support.ts'

let ru: TFunction
let en: TFunction

beforeAll(async () => {
  const textsOf = async (language: string) =>
    JSON.parse(await readFile(new URL(`../../../web/src/i18n/${language}/policy.json`, import.meta.url), 'utf8'))
  const resources = { ru: { policy: await textsOf('ru') }, en: { policy: await textsOf('en') } }
  const instance = i18next.createInstance({
    lng: 'ru',
    ns: ['policy'],
    resources,
    interpolation: { escapeValue: false },
  })
  await instance.init()
  ru = instance.getFixedT('ru', 'policy')
  en = instance.getFixedT('en', 'policy')
})

const rule = (when: unknown, more: object = {}) => ({
  rules: [{ id: 'one', label: 'Один', target: 'client', when, ...more }],
})
const act = (action: object) => ({
  actions: [{ dimension: 'lifecycle', to: ['sleeping'], actions: [{ id: 'a', type: 'note', text: 'x', ...action }] }],
})
const two = (when: unknown, other: unknown) => ({
  rules: [
    { id: 'one', label: 'Один', target: 'client', tag: 'А', when },
    { id: 'two', label: 'Два', target: 'client', tag: 'Б', when: other },
  ],
})

/** What people can get wrong in the form. */
const FAULTY: readonly (readonly [string, unknown])[] = [
  ['too few days', { sleeping: { days: 3 } }],
  ['too many days', { sleeping: { days: 9_999 } }],
  ['a number that was emptied', { minPrice: null }],
  ['a broken number of days', { sleeping: { days: 45.5 } }],
  ['a share above one', { rhythm: { quantile: 2 } }],
  ['bounds of the rhythm the wrong way round', { rhythm: { minDays: 90, maxDays: 30 } }],
  ['an empty name of a tier', { value: { tiers: [{ label: '', from: 1 }] } }],
  [
    'two tiers alike',
    {
      value: {
        tiers: [
          { label: 'A', from: 1 },
          { label: 'a', from: 2 },
        ],
      },
    },
  ],
  [
    'two tiers from one sum',
    {
      value: {
        tiers: [
          { label: 'A', from: 1 },
          { label: 'B', from: 1 },
        ],
      },
    },
  ],
  [
    'bounds that do not rise',
    { value: { rfm: { recencyDays: [9, 8, 7, 6], frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4] } } },
  ],
  ['a pipeline that is gone', { purchasePipelines: [{ pipelineId: 999 }] }],
  ['a pipeline without stages', { purchasePipelines: [{ pipelineId: 10, statusIds: [] }] }],
  ['a loss reason that is gone', { junkReasons: [999] }],
  ['a stop tag that a segment sets', { stopTag: 'Спящий' }],
  ['a field that is gone', { targets: { lifecycle: { field: 999_999 } } }],
  [
    'an address that is none',
    {
      actions: [{ dimension: 'lifecycle', actions: [{ id: 'a', type: 'webhook', url: 'example' }] }],
    },
  ],
  ['a setting that does not exist', act({ colour: 1 })],
  ['an unknown placeholder', act({ text: '{nobody}' })],
  ['a user who is gone', act({ type: 'task', responsibleUserId: 999 })],
  ['a segment without a name', rule({ fact: 'ltv', op: 'gte', value: 1 }, { label: '' })],
  ['no fact', rule({ all: [{ fact: '', op: 'eq', value: '' }] })],
  ['an unknown fact', rule({ fact: 'weather', op: 'eq', value: 1 })],
  ['a value that was emptied', rule({ fact: 'ltv', op: 'gte', value: null })],
  ['a value of another kind', rule({ fact: 'ltv', op: 'gte', value: 'много' })],
  ['a stage that was not chosen', rule({ fact: 'lastDeal.status', op: 'eq', value: '' })],
  ['an op that does not fit', rule({ fact: 'ltv', op: 'contains', value: 'x' })],
  [
    'what can never be',
    rule({
      all: [
        { fact: 'ltv', op: 'gt', value: 5 },
        { fact: 'ltv', op: 'lt', value: 1 },
      ],
    }),
  ],
  ['two segments with one tag', two({ fact: 'ltv', op: 'gt', value: 1 }, { fact: 'ltv', op: 'gt', value: 2 })],
  ['a segment that reads its own tag', rule({ fact: 'tags', op: 'contains', value: 'А' }, { tag: 'А' })],
  ['a segment that undoes itself', rule({ fact: 'tags', op: 'not_contains', value: 'А' }, { tag: 'А' })],
  [
    'segments in a circle',
    two({ fact: 'tags', op: 'not_contains', value: 'Б' }, { fact: 'tags', op: 'contains', value: 'А' }),
  ],
]

const faultsOf = (input: unknown) => {
  const parsing = parsePolicy(input)
  if (parsing.type === 'invalid') return parsing.problems
  const { errors, warnings } = checkPolicy(parsing.policy, ACCOUNT)
  return [...errors, ...warnings]
}

describe('a fault of a policy', () => {
  it.each(FAULTY)('is told in the reader’s language: %s', (name, input) => {
    const faults = name === 'two segments with one tag' ? sameTag() : faultsOf(input)
    expect(faults).not.toEqual([])
    for (const fault of faults) {
      expect(faultText(fault, ru)).toMatch(/^[А-Я«]/)
      expect(faultText(fault, en)).not.toMatch(/[а-я]{4,}.*[а-я]{4,}|expected|received/i)
    }
  })

  it('we have no sentence for is told in the words of the checker', () => {
    expect(faultText({ path: '', message: 'Something new', advice: 'Do this' }, ru)).toBe('Something new. Do this')
  })
})

const sameTag = () =>
  faultsOf({
    rules: ['one', 'two'].map((id) => ({
      ...{ id, label: id, target: 'client', tag: 'VIP' },
      when: { fact: 'ltv', op: 'gt', value: 1 },
    })),
  })
