import { describe, expect, it } from 'vitest'
import type { ClientFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { renderIgnored } from '../../src/segmentation/render/render-answer.ts'
import { renderRule } from '../../src/segmentation/render/render-rule.ts'
import { at, client, deal, TALKS, won } from './story.ts'
import { announces, plain, scene } from './told.ts'

const buyer = client([won('2026-08-14', { id: 1203, price: 12_500 })])
describe('the next change', () => {
  const until = (dimension: string, segment: string) => [
    { dimension, segment, author: 'Анна', until: at('2026-09-01') },
  ]

  it.each<[string, ClientFacts, string, PolicyInput, string[]]>([
    [
      'sleep',
      buyer,
      '2026-08-19',
      {},
      ['Станет спящим 12.11.2026, если не купит', 'Станет тёплым 12.11.2026, если не купит'],
    ],
    [
      'the end of being new',
      buyer,
      '2026-08-19',
      { firstPurchaseIsNewForDays: 30 },
      ['Станет разовым 13.09.2026, если не купит'],
    ],
    ['nothing for who sleeps', buyer, '2027-08-19', {}, []],
    ['nothing for who never bought', client(), '2026-08-19', {}, []],
    [
      'a tier',
      buyer,
      '2026-08-19',
      { value: { tiers: [{ label: 'Золото', from: 1 }], windowDays: 10 } },
      ['Уйдёт с уровня «Золото» 24.08.2026, если не купит'],
    ],
    [
      'a name of its own',
      buyer,
      '2026-08-19',
      { targets: { lifecycle: { names: { sleeping: 'Ушёл' } }, temperature: { names: { warm: 'Остыл' } } } },
      ['Перейдёт в «Ушёл» 12.11.2026, если не купит', 'Перейдёт в «Остыл» 12.11.2026, если не купит'],
    ],
    [
      'the end of a lock',
      client(buyer.deals, { locks: until('lifecycle', 'regular') }),
      '2026-08-19',
      {},
      ['Станет разовым 01.09.2026, когда закончится закрепление'],
    ],
    [
      'the end of a standing by lock',
      client(buyer.deals, { locks: until('standing', 'refused') }),
      '2026-08-19',
      {},
      ['Перестанет быть в «Отказник» 01.09.2026, когда закончится закрепление'],
    ],
    [
      'a rule',
      buyer,
      '2026-08-19',
      {
        rules: [
          {
            id: 'quiet',
            label: 'Затих',
            target: 'client',
            when: { fact: 'daysSinceLastPurchase', op: 'gte', value: 30 },
          },
        ],
      },
      ['Подойдёт под правило «Затих» 13.09.2026'],
    ],
  ])('%s', (_story, who, moment, settings, expected) => {
    expect(announces(who, moment, { settings })).toEqual(expected)
  })

  it('is told in English too', () => {
    expect(announces(buyer, '2026-08-19', { language: 'en' })).toEqual([
      'Becomes sleeping on 12 Nov 2026 unless there is a purchase',
      'Becomes warm on 12 Nov 2026 unless there is a purchase',
    ])
  })
})

describe('the rest of the explanation', () => {
  it('names the deals left out and why', () => {
    const { verdict, voice } = scene(client([deal(TALKS, { id: 17 })]), '2026-08-19', {})
    expect(renderIgnored(verdict.lifecycle.reason.ignored, voice).map(plain)).toEqual([
      'Сделка № 17 не учтена: её статус не означает покупку',
    ])
  })

  it('names the facts that made a rule hold', () => {
    const rules: PolicyInput['rules'] = [
      { id: 'vip', label: 'VIP', target: 'client', when: { fact: 'ltv', op: 'gte', value: 10_000 } },
    ]
    const { verdict, voice } = scene(buyer, '2026-08-19', { settings: { rules } })
    expect(verdict.rules.map((match) => plain(renderRule(match, voice)))).toEqual([
      'VIP: сумма всех покупок 12 500; сумма всех покупок ≥ 10 000',
    ])
  })
})
