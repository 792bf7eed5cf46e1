import { describe, expect, it } from 'vitest'
import type { ClientFacts, DealFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import type { StandingSegment, TemperatureSegment } from '../../src/segmentation/verdict.ts'
import {
  at,
  BASE,
  client,
  DAY,
  deal,
  FIRST,
  INCOMING,
  lost,
  PRICE,
  SALES,
  SERVICE,
  SPAM,
  seen,
  TALKS,
  won,
} from './story.ts'

const junk: PolicyInput = { junkReasons: [SPAM] }
const NOW = '2026-06-01'

describe('temperature', () => {
  it.each<[string, readonly DealFacts[], Partial<ClientFacts>, TemperatureSegment]>([
    ['who bought lately is hot', [won('2026-05-01')], {}, 'hot'],
    ['who bought and sleeps is warm', [won('2026-01-01')], {}, 'warm'],
    ['no deal, never wrote: cold', [], {}, 'cold'],
    ['wrote once: warm', [], { incomingAt: at('2020-01-01') }, 'warm'],
    ['a deal in the incoming stage: cold', [deal(INCOMING)], {}, 'cold'],
    ['a deal in the first stage by order, not by list: cold', [deal(FIRST)], {}, 'cold'],
    ['a deal in the first stage of another pipeline: cold', [deal(21, { pipelineId: SERVICE })], {}, 'cold'],
    ['a deal beyond the first stage: warm', [deal(TALKS)], {}, 'warm'],
    ['one deal beyond is enough', [deal(FIRST), deal(TALKS), deal(INCOMING)], {}, 'warm'],
    ['a deal lost for an honest reason: warm', [lost('2026-03-01', PRICE)], {}, 'warm'],
    ['a deal lost for no given reason: warm', [lost('2026-03-01', null)], {}, 'warm'],
    ['a deal lost as spam: cold', [lost('2026-03-01', SPAM)], {}, 'cold'],
    ['spam, but he called: warm', [lost('2026-03-01', SPAM)], { incomingAt: at('2026-03-01') }, 'warm'],
    ['spam and an honest loss: warm', [lost('2026-03-01', SPAM), lost('2026-02-01', PRICE)], {}, 'warm'],
  ])('%s', (_story, deals, more, expected) => {
    expect(seen(client(deals, more), NOW, junk).temperature.segment).toBe(expected)
  })

  it('takes a won deal that is no purchase for interest', () => {
    expect(seen(client([won('2026-03-01', { price: 1 })]), NOW, { minPrice: 100 }).temperature.segment).toBe('warm')
  })

  it('cools to warm at the second the client falls asleep', () => {
    const who = client([won('2026-03-01 10:00')])
    expect(seen(who, '2026-05-30 09:59:59').temperature).toMatchObject({
      segment: 'hot',
      until: at('2026-05-30 10:00'),
    })
    expect(seen(who, '2026-05-30 10:00').temperature).toMatchObject({ segment: 'warm', until: null })
  })

  it('stays hot as long as a single purchase keeps the client new', () => {
    const who = client([won('2026-03-01 10:00')])
    const verdict = seen(who, '2026-06-15', { firstPurchaseIsNewForDays: 120 })
    expect(verdict.temperature).toMatchObject({ segment: 'hot', until: at('2026-03-01 10:00') + 120 * DAY })
  })

  it("takes the client's own card for a deal like any other", () => {
    const card: PolicyInput = { card: { pipelineId: BASE, statuses: {} } }
    const who = client([deal(32, { pipelineId: BASE })])
    const expected = { temperature: { segment: 'warm' }, standing: { segment: 'in_work' } }
    expect(seen(who, NOW, card)).toMatchObject(expected)
    expect(seen(who, NOW)).toMatchObject(expected)
  })
})

describe('standing', () => {
  const unreachable = { hasPhone: false, hasEmail: false }

  it.each<[string, readonly DealFacts[], Partial<ClientFacts>, StandingSegment | null]>([
    ['no deal and reachable: no answer', [], {}, null],
    ['an open deal: in work', [deal(INCOMING)], {}, 'in_work'],
    ['an open deal goes before a lost one', [lost('2026-03-01', SPAM), deal(FIRST)], {}, 'in_work'],
    ['an open deal goes before being unreachable', [deal(FIRST)], unreachable, 'in_work'],
    ['lost for an honest reason: refused', [lost('2026-03-01', PRICE)], {}, 'refused'],
    ['lost for no given reason: refused', [lost('2026-03-01', null)], {}, 'refused'],
    ['the last loss is spam: low quality', [lost('2026-02-01', PRICE), lost('2026-03-01', SPAM)], {}, 'low_quality'],
    ['the last loss is honest: refused', [lost('2026-03-01', PRICE), lost('2026-02-01', SPAM)], {}, 'refused'],
    ['unreachable and without deals: low quality', [], unreachable, 'low_quality'],
    ['unreachable with an honest loss: low quality', [lost('2026-03-01', PRICE)], unreachable, 'low_quality'],
    ['an e-mail address alone makes him reachable', [], { hasPhone: false, hasEmail: true }, null],
    ['a message makes him reachable', [], { ...unreachable, incomingAt: at('2026-01-01') }, null],
    ['who ever bought has no standing', [won('2020-01-01'), deal(FIRST)], unreachable, null],
    ['a won deal of no pipeline that counts: no answer', [won('2026-01-01', { pipelineId: SERVICE })], {}, null],
  ])('%s', (_story, deals, more, expected) => {
    const settings = { ...junk, purchasePipelines: [{ pipelineId: SALES }] }
    expect(seen(client(deals, more), NOW, settings).standing?.segment ?? null).toBe(expected)
  })

  it('takes the last change of a lost deal that has no closing', () => {
    const undated = lost('2026-01-01', SPAM, { closedAt: null, updatedAt: at('2026-05-01') })
    expect(seen(client([lost('2026-03-01', PRICE), undated]), NOW, junk).standing?.segment).toBe('low_quality')
  })

  it('takes the higher id where two were lost in one second', () => {
    const deals = [lost('2026-03-01', SPAM, { id: 9 }), lost('2026-03-01', PRICE, { id: 8 })]
    expect(seen(client(deals), NOW, junk).standing?.segment).toBe('low_quality')
  })
})
