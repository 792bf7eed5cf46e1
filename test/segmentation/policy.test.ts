import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defaultPolicy } from '../../src/segmentation/default-policy.ts'
import { migratePolicy } from '../../src/segmentation/migrate-policy.ts'
import { parsePolicy, policySchema } from '../../src/segmentation/policy.ts'
import { PRESET_NAMES, PRESETS } from '../../src/segmentation/presets.ts'
import { account, policyWith } from './story.ts'

const problems = (input: unknown) => {
  const parsed = parsePolicy(input)
  return parsed.type === 'invalid' ? parsed.problems : []
}

describe('the default policy', () => {
  it('is what nothing at all means', () => {
    expect(policyWith({})).toMatchObject({
      schemaVersion: 1,
      language: 'ru',
      clientEntity: 'contact',
      purchasePipelines: [],
      minPrice: 0,
      mergeSameDay: true,
      firstPurchaseIsNewForDays: 0,
      sleeping: { mode: 'fixed', days: 90 },
      rhythm: { minPurchases: 3, factor: 2, minDays: 14, maxDays: 365, quantile: 0.8 },
      regular: { minPurchases: 3, windowDays: 365 },
      value: { tiers: [], windowDays: null, rfm: null },
      stopTag: 'стоп-сегмент',
      card: null,
      targets: { lifecycle: { clientTags: true, dealTags: true, field: null }, value: { clientTags: false } },
      actions: [],
      rules: [],
    })
  })

  it('survives being stored and read again', () => {
    expect(policyWith(JSON.parse(JSON.stringify(policyWith({}))))).toEqual(policyWith({}))
  })

  it('takes the loss reasons whose names sound like junk, in any case', () => {
    const names = [
      'Дорого',
      'СПАМ',
      'Дубль заявки',
      'Неверный номер',
      'Некорректные данные',
      'Нецелевой',
      'Тестовая',
      'Wrong number',
      'Купил у другого',
    ]
    const lossReasons = names.map((name, index) => ({ id: index + 1, name }))
    expect(defaultPolicy({ lossReasons }).junkReasons).toEqual([2, 3, 4, 5, 6, 7, 8])
  })

  it.each(PRESET_NAMES)('reads the preset %s', (preset) => {
    expect(defaultPolicy(account, preset)).toMatchObject(PRESETS[preset])
  })
})

describe('a faulty policy', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['an unknown setting', { sleepDays: 3 }, 'sleepDays', /no setting "sleepDays"/],
    ['an unknown setting inside another', { sleeping: { day: 3 } }, 'sleeping.day', /no setting "day"/],
    [
      'a mode that is still to come',
      { sleeping: { mode: 'predicted' } },
      'sleeping.mode',
      /"predicted" is not available yet/,
    ],
    ['a mode nobody knows', { sleeping: { mode: 'moon' } }, 'sleeping.mode', /fixed/],
    ['too few days', { sleeping: { days: 29 } }, 'sleeping.days', /at least 30/],
    ['too many days', { sleeping: { days: 731 } }, 'sleeping.days', /at most 730/],
    ['half a day', { sleeping: { days: 60.5 } }, 'sleeping.days', /int/],
    ['a text for a number', { minPrice: '5' }, 'minPrice', /number/],
    ['a negative price', { minPrice: -1 }, 'minPrice', /at least 0/],
    ['no number at all', { minPrice: Number.NaN }, 'minPrice', /number/],
    ['bounds the wrong way round', { rhythm: { minDays: 90, maxDays: 30 } }, 'rhythm.minDays', /rhythm.maxDays/],
    ['a quantile of all', { rhythm: { quantile: 1 } }, 'rhythm.quantile', /less than 1/],
    [
      '"lost" as a purchase',
      { purchasePipelines: [{ pipelineId: 1, statusIds: [143] }] },
      'purchasePipelines.0.statusIds.0',
      /143/,
    ],
    ['a pipeline twice', { purchasePipelines: [{ pipelineId: 1 }, { pipelineId: 1 }] }, 'purchasePipelines', /twice/],
    [
      'two tiers of one name',
      {
        value: {
          tiers: [
            { label: 'A', from: 1 },
            { label: 'a', from: 2 },
          ],
        },
      },
      'value.tiers',
      /one label/,
    ],
    [
      'two tiers of one sum',
      {
        value: {
          tiers: [
            { label: 'A', from: 1 },
            { label: 'B', from: 1 },
          ],
        },
      },
      'value.tiers',
      /one sum/,
    ],
    [
      'bounds that do not rise',
      { value: { rfm: { recencyDays: [1, 2, 2, 3], frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4] } } },
      'value.rfm.recencyDays',
      /rise/,
    ],
    ['a card in "won"', { card: { pipelineId: 1, statuses: { new: 142 } } }, 'card.statuses.new', /142/],
    ['a stop tag that a segment sets', { stopTag: 'спящий' }, 'stopTag', /freeze/],
    ['an unknown name in a text', act({ type: 'note', text: 'Привет, {имя}' }), 'actions.0.actions.0.text', /\{имя\}/],
    ['an address that is none', act({ type: 'webhook', url: 'ftp://x' }), 'actions.0.actions.0.url', /https/],
    ['an action of an unknown type', act({ type: 'sms' }), 'actions.0.actions.0.type', /task/],
    [
      'an unknown segment',
      { actions: [{ dimension: 'lifecycle', to: ['dead'], actions: [note('a')] }] },
      'actions.0.to.0',
      /sleeping/,
    ],
    [
      'a tier nobody reaches',
      { actions: [{ dimension: 'value', to: ['Платина'], actions: [note('a')] }] },
      'actions.0.to.0',
      /Платина/,
    ],
    [
      'two actions of one id',
      {
        actions: [
          { dimension: 'lifecycle', actions: [note('a')] },
          { dimension: 'standing', actions: [note('a')] },
        ],
      },
      'actions.1.actions.0.id',
      /id of its own/,
    ],
    ['a newer form', { schemaVersion: 2 }, 'schemaVersion', /update the program/],
    ['no policy at all', null, '', /object/],
    ['a list', [], '', /object/],
  ])('%s is refused with its path and what to do', (_story, input, path, message) => {
    expect(problems(input)).toEqual([{ path, message: expect.stringMatching(message) }])
  })

  it('tells all faults at once', () => {
    const paths = problems({ minPrice: -1, sleeping: { days: 1, x: 1 }, language: 'de', y: 1 }).map((one) => one.path)
    expect(paths.toSorted()).toEqual(['language', 'minPrice', 'sleeping.days', 'sleeping.x', 'y'])
  })
})

describe('the JSON Schema', () => {
  it('describes every setting', () => {
    const bare: string[] = []
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return
      const { properties } = node as { properties?: Record<string, { description?: string }> }
      for (const [name, property] of Object.entries(properties ?? {})) {
        if (path.includes('Condition') || name === 'all' || name === 'any' || name === 'not') continue
        if (property.description === undefined && !['fact', 'op', 'value', 'ru', 'en'].includes(name))
          bare.push(`${path}.${name}`)
      }
      for (const [key, child] of Object.entries(node)) walk(child, `${path}.${key}`)
    }
    walk(z.toJSONSchema(policySchema, { io: 'input' }), '')
    expect(bare).toEqual([])
  })
})

describe('policies of older forms', () => {
  const steps = [
    ({ days, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, sleeping: { days } }),
    (policy: Readonly<Record<string, unknown>>) => ({ ...policy, language: 'en' }),
  ]

  it('are brought up step by step from where they are', () => {
    expect(migratePolicy({ schemaVersion: 1, days: 60 }, steps)).toEqual({
      schemaVersion: 3,
      sleeping: { days: 60 },
      language: 'en',
    })
    expect(migratePolicy({ schemaVersion: 2, minPrice: 5 }, steps)).toEqual({
      schemaVersion: 3,
      minPrice: 5,
      language: 'en',
    })
  })

  it.each([[{}], [null], ['x'], [{ schemaVersion: 3 }], [{ schemaVersion: 'x' }], [{ schemaVersion: -1 }]])(
    'leaves %j alone',
    (input) => {
      expect(migratePolicy(input, steps)).toBe(input)
    },
  )
})

function note(id: string) {
  return { id, type: 'note', text: 'x' }
}

function act(action: object) {
  return { actions: [{ dimension: 'lifecycle', actions: [{ id: 'a', ...action }] }] }
}
