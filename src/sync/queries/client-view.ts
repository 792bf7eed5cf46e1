import { readBuying } from '../../segmentation/client-reading.ts'
import { dealsById } from '../../segmentation/deal-state.ts'
import { isFrozen } from '../../segmentation/desired.ts'
import type { Lock, Seconds } from '../../segmentation/facts.ts'
import type { Language } from '../../segmentation/labels.ts'
import { type Occasion, type Purchases, readPurchases } from '../../segmentation/purchases.ts'
import type { IgnoredDeal, ThresholdSource } from '../../segmentation/reason.ts'
import { type DimensionName, renderAnswer, renderIgnored } from '../../segmentation/render/render-answer.ts'
import { renderNextChange } from '../../segmentation/render/render-next-change.ts'
import { renderRule } from '../../segmentation/render/render-rule.ts'
import { type Voice, voiceOf } from '../../segmentation/render/voice.ts'
import type { ClientRef, Verdict } from '../../segmentation/verdict.ts'
import type { CardFacts, ClientDoc } from '../../store/client-doc.ts'
import type { Transition } from '../../store/transitions.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'
import { answersOf } from '../answers-of.ts'
import { clientFacts, countsAsClient } from '../client-facts.ts'
import { decideSettled } from '../decide-settled.ts'

/** A text in both languages. */
export type Told = Readonly<Record<Language, string>>

export interface ToldAnswer {
  readonly dimension: DimensionName
  /** Of the value the tier; null: none. */
  readonly segment: string | null
  /** Name of the segment in the account's words, and why. */
  readonly reason: Told
  /** Seconds: when it changes if nothing happens; null: never. */
  readonly until: Seconds | null
}

export interface ToldVerdict {
  readonly answers: readonly ToldAnswer[]
  readonly value: Pick<Verdict['value'], 'ltv' | 'averageCheck' | 'rfm'>
  readonly rules: readonly { readonly ruleId: string; readonly dealId: number | null; readonly reason: Told }[]
  /** Null: nothing ever changes by itself. */
  readonly nextChange: { readonly at: Seconds; readonly text: readonly Told[] } | null
}

/** One client with all that explains him. */
export interface ClientView {
  readonly client: ClientRef
  /** Milliseconds: when his card was read; null: it was not yet. */
  readonly readAt: number | null
  readonly responsibleUserId: number | null
  /** Bears the stop tag: nothing is written. */
  readonly isFrozen: boolean
  /** Left as he stands until he is answered differently. */
  readonly isHeld: boolean
  /** Null: his card was not read yet, or he is no client under the policy. */
  readonly verdict: ToldVerdict | null
  readonly purchases: readonly Occasion[]
  /** Deals that are no purchase, and why. */
  readonly ignored: readonly (IgnoredDeal & { readonly reason: Told })[]
  /** By his purchases alone, whatever is locked; null: he never bought. */
  readonly sleep: { readonly at: Seconds; readonly thresholdDays: number; readonly from: ThresholdSource } | null
  readonly locks: readonly Lock[]
  /** The last moves between segments, newest first. */
  readonly history: readonly Transition[]
}

/** Null: the mirror knows no such client. */
export const clientView = async (context: AccountContext, ref: ClientRef): Promise<ClientView | null> => {
  const [doc, history] = await Promise.all([
    context.mirror.read(context.id, ref),
    context.transitions.ofClient(context.id, ref),
  ])
  if (doc === null) return null
  const { locks, card } = doc
  const purchases = readPurchases(dealsById(doc.deals), context.compiled)
  const told = {
    ...{ client: ref, locks, history },
    ...{ purchases: purchases.occasions, ignored: ignoredOf(context, purchases), sleep: sleepOf(context, purchases) },
  }
  if (card === null)
    return { ...told, readAt: null, responsibleUserId: null, isFrozen: false, isHeld: false, verdict: null }
  return { ...told, ...judged(context, { ...doc, card }) }
}

const sleepOf = ({ compiled }: AccountContext, purchases: Purchases): ClientView['sleep'] => {
  const facts = readBuying(purchases, compiled)?.facts
  return facts ? { at: facts.sleepsAt, thresholdDays: facts.thresholdSeconds / DAY_S, from: facts.thresholdFrom } : null
}

const DAY_S = 86_400

type KnownDoc = ClientDoc & { readonly card: CardFacts }

const judged = (context: AccountContext, doc: KnownDoc) => {
  const { compiled } = context
  const facts = clientFacts(doc)
  const verdict = countsAsClient(context, doc) ? decideSettled(facts, compiled, nowSeconds(context)) : null
  const voices = voicesOf(context)
  return {
    readAt: doc.card.readAt,
    responsibleUserId: doc.card.responsibleUserId,
    isFrozen: isFrozen(facts, compiled),
    isHeld: doc.held !== null && doc.held === answersOf(verdict),
    verdict: verdict && {
      answers: answersIn(verdict, voices),
      value: verdict.value,
      rules: verdict.rules.map((match) => ({
        ruleId: match.ruleId,
        dealId: match.dealId,
        reason: inBoth(voices, (voice) => renderRule(match, voice)),
      })),
      nextChange: nextChangeOf(
        verdict,
        voices.map((voice) => renderNextChange(facts, verdict, voice)),
      ),
    },
  }
}

type Voices = readonly [ru: Voice, en: Voice]

const voicesOf = ({ compiled }: AccountContext): Voices => [voiceOf(compiled, 'ru'), voiceOf(compiled, 'en')]

const inBoth = ([ru, en]: Voices, say: (voice: Voice) => string): Told => ({ ru: say(ru), en: say(en) })

const answersIn = (verdict: Verdict, voices: Voices): ToldAnswer[] => {
  const { lifecycle, temperature, standing, value } = verdict
  const answers = [
    { dimension: 'lifecycle', segment: lifecycle.segment, until: lifecycle.until },
    { dimension: 'temperature', segment: temperature.segment, until: temperature.until },
    ...(standing ? [{ dimension: 'standing', segment: standing.segment, until: standing.until } as const] : []),
    { dimension: 'value', segment: value.tier, until: value.until },
  ] as const
  return answers.map((answer) => ({
    ...answer,
    reason: inBoth(voices, (voice) => renderAnswer(answer.dimension, verdict, voice) ?? ''),
  }))
}

const nextChangeOf = ({ nextChangeAt }: Verdict, [ru = [], en = []]: readonly string[][]) =>
  nextChangeAt === null
    ? null
    : { at: nextChangeAt, text: ru.map((text, index) => ({ ru: text, en: en[index] ?? text })) }

const ignoredOf = (context: AccountContext, { ignored }: { readonly ignored: readonly IgnoredDeal[] }) => {
  const [ru, en] = voicesOf(context).map((voice) => renderIgnored(ignored, voice))
  return ignored.map((deal, index) => ({ ...deal, reason: { ru: ru?.[index] ?? '', en: en?.[index] ?? '' } }))
}
