import { describe, expect, it } from 'vitest'
import { decide } from '../../src/segmentation/decide.ts'
import { cardDeal, desiredState, isFrozen, ownedTags } from '../../src/segmentation/desired.ts'
import type { ClientFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { policyNeeds } from '../../src/segmentation/policy-needs.ts'
import { at, BASE, client, compiled, deal, SALES, TALKS, won } from './story.ts'

const desired = (who: ClientFacts, moment: string, settings: PolicyInput = {}) => {
  const policy = compiled(settings)
  return desiredState(who, decide(who, policy, at(moment)), policy)
}

const bigDeal = {
  id: 'big',
  label: 'Крупная',
  target: 'deal',
  when: { fact: 'price', op: 'gte', value: 5_000 },
  tag: 'крупная',
} as const
const vip = {
  id: 'vip',
  label: 'VIP',
  target: 'client',
  when: { fact: 'ltv', op: 'gte', value: 500 },
  tag: { ru: 'ВИП', en: 'VIP' },
} as const

describe('the tags that should stand', () => {
  const buyer = client([won('2026-03-01')])

  it('are the Russian labels, on the client and on his open deals', () => {
    expect(desired(buyer, '2026-03-02')).toMatchObject({
      clientTags: ['Разовый', 'Горячий'],
      dealTags: ['Разовый', 'Горячий'],
    })
    expect(desired(client([deal(TALKS)]), '2026-03-02').clientTags).toEqual(['Новый', 'Тёплый', 'В работе'])
  })

  it('are the English labels where the policy speaks English', () => {
    expect(desired(buyer, '2026-03-02', { language: 'en' }).clientTags).toEqual(['One-time', 'Hot'])
  })

  it('are the names that the policy gives instead', () => {
    const targets = { lifecycle: { names: { one_time: 'Купил раз' } } }
    expect(desired(buyer, '2026-03-02', { targets }).clientTags).toEqual(['Купил раз', 'Горячий'])
  })

  it('are switched per dimension, for clients and deals apart', () => {
    const targets = { lifecycle: { dealTags: false }, temperature: { clientTags: false } }
    expect(desired(buyer, '2026-03-02', { targets })).toMatchObject({ clientTags: ['Разовый'], dealTags: ['Горячий'] })
  })

  it('include the tier only where value is switched on', () => {
    const value = { tiers: [{ label: 'Золото', from: 500 }] }
    expect(desired(buyer, '2026-03-02', { value }).clientTags).not.toContain('Золото')
    expect(desired(buyer, '2026-03-02', { value, targets: { value: { clientTags: true } } }).clientTags).toContain(
      'Золото',
    )
  })

  it('include those of rules: about the client on him, about deals on the open ones that match', () => {
    const open = deal(TALKS, { price: 9_000 })
    const who = client([won('2026-03-01', { price: 9_000 }), open, deal(TALKS, { price: 1 })])
    const state = desired(who, '2026-03-02', { rules: [bigDeal, vip] })
    expect(state.clientTags).toContain('ВИП')
    expect(state.dealTags).not.toContain('ВИП')
    expect(state.tagsByDeal).toEqual({ [open.id]: ['крупная'] })
  })
})

describe('the tags the policy owns', () => {
  it('are all it could ever set, and no other', () => {
    const settings: PolicyInput = {
      rules: [bigDeal, { ...vip, enabled: false }],
      targets: { standing: { clientTags: false, dealTags: false }, value: { dealTags: true } },
      value: { tiers: [{ label: 'Золото', from: 1 }] },
    }
    expect([...ownedTags(compiled(settings))].toSorted()).toEqual(
      [
        'Новый',
        'Разовый',
        'Периодический',
        'Постоянный',
        'Спящий',
        'Горячий',
        'Тёплый',
        'Холодный',
        'Золото',
        'крупная',
      ].toSorted(),
    )
  })
})

describe('the stop tag', () => {
  it.each([
    ['стоп-сегмент', {}, true],
    [' Стоп-Сегмент ', {}, true],
    ['стоп', {}, false],
    ['Не трогать', { stopTag: 'не трогать' }, true],
    ['стоп-сегмент', { stopTag: 'не трогать' }, false],
  ] as const)('%j freezes under %j: %s', (tag, settings, expected) => {
    expect(isFrozen(client([], { tags: ['VIP', tag] }), compiled(settings))).toBe(expected)
  })
})

describe('the card in the client base', () => {
  const card = { pipelineId: BASE, statuses: { one_time: 32, sleeping: 33 } }

  it('is the newest open deal there, of equals the one with the higher id', () => {
    const inBase = (id: number, moment: string, more = {}) =>
      deal(31, { id, pipelineId: BASE, createdAt: at(moment), ...more })
    const deals = [
      inBase(1, '2026-01-01'),
      inBase(3, '2026-02-01'),
      inBase(2, '2026-02-01'),
      inBase(4, '2026-03-01', { statusId: 142 }),
      inBase(5, '2026-03-01', { pipelineId: SALES }),
    ]
    expect(cardDeal(client(deals), compiled({ card }))?.id).toBe(3)
    expect(cardDeal(client(deals.toReversed()), compiled({ card }))?.id).toBe(3)
  })

  it('is none where the policy names no such pipeline, or all are closed', () => {
    const closed = client([deal(142, { pipelineId: BASE })])
    expect(cardDeal(closed, compiled({ card }))).toBeNull()
    expect(cardDeal(client([deal(31, { pipelineId: BASE })]), compiled())).toBeNull()
  })

  it('should stand in the status of the lifecycle segment, and is made only when asked', () => {
    const buyer = client([won('2026-03-01')])
    expect(desired(buyer, '2026-03-02', { card }).card).toEqual({ pipelineId: BASE, statusId: 32, create: false })
    expect(desired(buyer, '2027-03-02', { card: { ...card, createCard: true } }).card).toEqual({
      pipelineId: BASE,
      statusId: 33,
      create: true,
    })
    expect(desired(buyer, '2026-03-02').card).toBeNull()
  })

  it('is left where it is for a segment without a status', () => {
    expect(desired(client(), '2026-03-02', { card }).card).toBeNull()
  })
})

describe('the select field', () => {
  it('should show the segment by name, and nothing where there is no answer', () => {
    const targets = { lifecycle: { field: 911 } }
    expect(desired(client([won('2026-03-01')]), '2026-03-02', { targets }).fields).toEqual({ 911: 'Разовый' })
    expect(
      desired(client([won('2026-03-01')]), '2026-03-02', { targets: { standing: { field: 911 } } }).fields,
    ).toEqual({ 911: null })
  })

  it('is not written to a client of the other kind', () => {
    const company = client([won('2026-03-01')], { kind: 'company' })
    expect(desired(company, '2026-03-02', { targets: { lifecycle: { field: 911 } } }).fields).toEqual({})
  })
})

describe('the fields a policy needs', () => {
  it('are none by default', () => {
    expect(policyNeeds(compiled())).toEqual({ leadFields: [], contactFields: [], companyFields: [] })
  })

  it('are those of the purchase date, of the segments shown and of the rules that are on', () => {
    const when = {
      all: [{ fact: 'field:CITY', op: 'eq', value: 'Тула' }, { not: { fact: 'lastDeal.utm_source', op: 'exists' } }],
    } as const
    const rule = { id: 'tula', label: 'Тула', target: 'client', when } as const
    const settings: PolicyInput = {
      purchaseDateField: 'PAID_AT',
      targets: { lifecycle: { field: 911 } },
      rules: [rule],
    }
    expect(policyNeeds(compiled(settings))).toEqual({
      leadFields: [901, 902],
      contactFields: [911, 912],
      companyFields: [921],
    })
    expect(policyNeeds(compiled({ rules: [{ ...rule, enabled: false }] })).contactFields).toEqual([])
  })
})
