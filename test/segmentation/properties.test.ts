import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import { desiredState, ownedTags } from '../../src/segmentation/desired.ts'
import { planActions } from '../../src/segmentation/plan-actions.ts'
import { renderAnswer } from '../../src/segmentation/render/render-answer.ts'
import { renderNextChange } from '../../src/segmentation/render/render-next-change.ts'
import { voiceOf } from '../../src/segmentation/render/voice.ts'
import { segmentsOf } from '../../src/segmentation/transitions.ts'
import type { Verdict } from '../../src/segmentation/verdict.ts'
import { aroundArb, clientArb, NOW, settingsArb } from './arbitrary.ts'
import { DAY, policyWith } from './story.ts'

/** Everything that a change of the verdict is about. */
const answers = (verdict: Verdict) => ({ ...segmentsOf(verdict), at: 0, rfm: verdict.value.rfm })

const scenes = fc.record({
  client: clientArb,
  policy: fc.tuple(settingsArb, aroundArb).map(([settings, account]) => compilePolicy(policyWith(settings), account)),
  now: fc.integer({ min: NOW - 400 * DAY, max: NOW + 400 * DAY }),
})

describe('any verdict', () => {
  it('does not depend on the order of deals', () => {
    fc.assert(
      fc.property(scenes, fc.infiniteStream(fc.nat()), ({ client, policy, now }, order) => {
        const shuffled = client.deals
          .map((deal) => ({ deal, place: order.next().value ?? 0 }))
          .toSorted((one, other) => one.place - other.place)
          .map(({ deal }) => deal)
        expect(decide({ ...client, deals: shuffled }, policy, now)).toEqual(decide(client, policy, now))
      }),
      { numRuns: 100 },
    )
  })

  it('stands until its next change and differs there', () => {
    fc.assert(
      fc.property(scenes, fc.double({ min: 0, max: 1, noNaN: true }), ({ client, policy, now }, share) => {
        const verdict = decide(client, policy, now)
        const next = verdict.nextChangeAt
        fc.pre(next !== null)
        expect(next).toBeGreaterThan(now)
        expect(Number.isInteger(next)).toBe(true)
        const between = now + Math.floor(share * (next - 1 - now))
        expect(answers(decide(client, policy, between))).toEqual(answers(verdict))
        expect(answers(decide(client, policy, next - 1))).toEqual(answers(verdict))
        expect(answers(decide(client, policy, next))).not.toEqual(answers(verdict))
      }),
      { numRuns: 500 },
    )
  })

  it('never changes again where it says so', () => {
    fc.assert(
      fc.property(scenes, fc.array(fc.integer({ min: 1, max: 3_000 * DAY }), { minLength: 20 }), (scene, delays) => {
        const { client, policy, now } = scene
        const verdict = decide(client, policy, now)
        fc.pre(verdict.nextChangeAt === null)
        for (const delay of delays) expect(answers(decide(client, policy, now + delay))).toEqual(answers(verdict))
      }),
      { numRuns: 100 },
    )
  })

  it('comes to rest: changes follow one another only so often', () => {
    fc.assert(
      fc.property(scenes, ({ client, policy, now }) => {
        let next = decide(client, policy, now).nextChangeAt
        for (let changes = 0; next !== null; changes += 1) {
          expect(changes).toBeLessThan(60)
          next = decide(client, policy, next).nextChangeAt
        }
      }),
      { numRuns: 100 },
    )
  })

  it('says of each answer until when it stands, and the whole stands as long as the shortest', () => {
    fc.assert(
      fc.property(scenes, ({ client, policy, now }) => {
        const { lifecycle, temperature, standing, value, nextChangeAt } = decide(client, policy, now)
        const ends = [lifecycle.until, temperature.until, standing?.until ?? null, value.until].filter(
          (end) => end !== null,
        )
        if (ends.length > 0) expect(nextChangeAt).not.toBeNull()
        for (const end of ends) expect(nextChangeAt).toBeLessThanOrEqual(end)
        if (lifecycle.until !== null) {
          expect(decide(client, policy, lifecycle.until - 1).lifecycle.segment).toBe(lifecycle.segment)
          expect(decide(client, policy, lifecycle.until).lifecycle.segment).not.toBe(lifecycle.segment)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is plain data that survives JSON', () => {
    fc.assert(
      fc.property(scenes, ({ client, policy, now }) => {
        const verdict = decide(client, policy, now)
        expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
      }),
      { numRuns: 100 },
    )
  })

  it('can be told in both languages, and asks for no tag that is not owned', () => {
    fc.assert(
      fc.property(scenes, ({ client, policy, now }) => {
        const verdict = decide(client, policy, now)
        const desired = desiredState(client, verdict, policy)
        const owned = ownedTags(policy)
        for (const tag of [...desired.clientTags, ...desired.dealTags]) expect(owned.has(tag)).toBe(true)
        expect(planActions(segmentsOf(verdict), verdict, client, policy, { backfill: false })).toEqual([])
        for (const language of ['ru', 'en'] as const) {
          const voice = voiceOf(policy, language)
          for (const dimension of ['lifecycle', 'temperature', 'standing', 'value'] as const) {
            expect(renderAnswer(dimension, verdict, voice) ?? '').not.toMatch(/undefined|NaN|Infinity|null/)
          }
          expect(renderNextChange(client, verdict, voice).length > 0).toBe(verdict.nextChangeAt !== null)
        }
      }),
      { numRuns: 100 },
    )
  })
})
