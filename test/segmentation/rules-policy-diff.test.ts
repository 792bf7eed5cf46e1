import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Policy, policySchema } from '../../src/segmentation/policy.ts'
import { diffPolicies } from '../../src/segmentation/policy-diff.ts'
import { policyDiffText } from '../../src/segmentation/policy-diff-text.ts'
import { titleOf } from '../../src/segmentation/policy-diff-titles.ts'
import { ACCOUNT, aRule, policyOf } from './rules-support.ts'

const told = (before: unknown, after: unknown, language: Policy['language'] = 'ru', account = ACCOUNT) =>
  policyDiffText(diffPolicies(policyOf(before), policyOf(after)), language, account)

const VIP = aRule({ fact: 'ltv', op: 'gte', value: 100 }, { id: 'vip', label: { ru: 'Важный', en: 'Important' } })

describe('the difference of two policies', () => {
  it('is none between equals, written in full or not', () => {
    expect(diffPolicies(policyOf({}), policyOf(policyOf({ sleeping: { days: 90 } })))).toEqual([])
  })

  it('names the path, what stood and what stands', () => {
    expect(diffPolicies(policyOf({}), policyOf({ sleeping: { days: 60 } }))).toEqual([
      { type: 'setting', path: ['sleeping', 'days'], before: 90, after: 60 },
    ])
  })

  it('takes a rule for the same by its id, wherever it stands in the list', () => {
    const other = aRule({ all: [] }, { id: 'other' })
    expect(diffPolicies(policyOf({ rules: [VIP, other] }), policyOf({ rules: [other, VIP] }))).toEqual([])
    const changed = { ...VIP, enabled: false, tag: 'VIP' }
    expect(diffPolicies(policyOf({ rules: [VIP] }), policyOf({ rules: [changed, other] }))).toMatchObject([
      { type: 'rule_changed', parts: ['enabled', 'tag'] },
      { type: 'rule_added', rule: { id: 'other' } },
    ])
  })

  it('takes a name that is alike in all languages for one text', () => {
    const [one, two] = [
      { ...VIP, label: 'VIP' },
      { ...VIP, label: { ru: 'VIP', en: 'VIP' } },
    ]
    expect(diffPolicies(policyOf({ rules: [one] }), policyOf({ rules: [two] }))).toEqual([])
  })
})

describe('the difference in words', () => {
  it.each([
    [{}, { sleeping: { days: 60 } }, 'Спящие клиенты: дней: 90 → 60', 'Sleeping clients: days: 90 → 60'],
    [
      {},
      { clientEntity: 'company' },
      'Кто считается клиентом: контакт → компания',
      'Who is the client: the contact → the company',
    ],
    [{}, { mergeSameDay: false }, 'Покупки одного дня — одна: да → нет', 'Purchases of one day are one: yes → no'],
    [
      { junkReasons: [1] },
      { junkReasons: [] },
      'Причины отказа «мусор»: «Спам» → нет',
      'Loss reasons that mean junk: "Спам" → none',
    ],
    [
      {},
      { purchasePipelines: [{ pipelineId: 10, statusIds: [142, 102] }] },
      'Воронки с покупками: нет → воронка «Продажи», этапы покупки «Успешно реализовано», «Переговоры»',
      'Pipelines with purchases: none → pipeline "Продажи", purchase stages "Успешно реализовано", "Переговоры"',
    ],
    [
      {},
      { targets: { lifecycle: { names: { new: 'Свежий' } } } },
      'Что записывается: жизненный цикл: названия: Новый: не задано → «Свежий»',
      'What is written: lifecycle: names: New: not set → "Свежий"',
    ],
    [{ rules: [VIP] }, {}, 'Правило «Важный» удалено: ltv ≥ 100', 'Rule "Important" removed: ltv ≥ 100'],
    [
      { rules: [VIP] },
      { rules: [{ ...VIP, when: { any: [VIP.when, { not: { fact: 'tags', op: 'exists' } }] }, tag: 'x' }] },
      'Правило «Важный»: условие: ltv ≥ 100 → ltv ≥ 100 или (не tags известно); тег: не задано → «x»',
      'Rule "Important": condition: ltv ≥ 100 → ltv ≥ 100 or (not tags is known); tag: not set → "x"',
    ],
  ])('%j → %j', (before, after, ru, en) => {
    expect(told(before, after, 'ru')).toEqual([ru])
    expect(told(before, after, 'en')).toEqual([en])
  })

  it('has a name in both languages for every setting', () => {
    const keysOf = (schema: z.core.$ZodType): string[] => {
      const def = schema._zod.def as unknown as Record<string, unknown>
      const inner = [def.innerType, def.element, def.out].filter((one) => one !== undefined) as z.core.$ZodType[]
      const options = (def.options ?? []) as z.core.$ZodType[]
      const shape = (def.shape ?? {}) as Record<string, z.core.$ZodType>
      const named = Object.entries(shape).flatMap(([key, one]) => (key === 'when' ? [key] : [key, ...keysOf(one)]))
      return [...named, ...[...inner, ...options].flatMap(keysOf)]
    }
    const nameless = (language: Policy['language']) =>
      [...new Set(keysOf(policySchema))].filter((key) => titleOf(key, language) === null)
    expect(nameless('ru')).toEqual(['ru', 'en'])
    expect(nameless('en')).toEqual(['ru', 'en'])
  })
})
