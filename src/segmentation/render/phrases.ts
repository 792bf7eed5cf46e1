import type { Seconds } from '../facts.ts'
import type { Language } from '../labels.ts'
import type {
  IgnoredDeal,
  LifecycleReason,
  LockReason,
  StandingReason,
  TemperatureReason,
  ValueReason,
} from '../reason.ts'
import type { ValueAnswer } from '../verdict.ts'
import { englishChanges } from './english-changes.ts'
import { englishReasons } from './english-reasons.ts'
import { russianChanges } from './russian-changes.ts'
import { russianReasons } from './russian-reasons.ts'
import type { Voice } from './voice.ts'

/** Reasons in words: the part of the sentence behind the name of the segment. */
export interface ReasonPhrases {
  readonly lifecycle: (reason: LifecycleReason, now: Seconds, voice: Voice) => string
  readonly temperature: (reason: TemperatureReason, now: Seconds, voice: Voice) => string
  readonly standing: (reason: StandingReason, voice: Voice) => string
  readonly value: (reason: ValueReason, answer: ValueAnswer, voice: Voice) => string
  readonly lock: (reason: LockReason, computed: string | null, voice: Voice) => string
  /** Stands for the tier of a client who reached none. */
  readonly noTier: string
  /** Stands for the tier where the policy has none at all. */
  readonly noTiers: string
  readonly ignored: (deal: IgnoredDeal, voice: Voice) => string
}

/** One thing that changes by itself. */
export type Change =
  | { readonly type: 'segment'; readonly segment: string; readonly name: string; readonly isLabel: boolean }
  | { readonly type: 'no_segment'; readonly name: string }
  | { readonly type: 'tier'; readonly from: string | null; readonly to: string | null }
  | { readonly type: 'recency'; readonly score: number }
  | { readonly type: 'rule'; readonly label: string; readonly begins: boolean; readonly dealId: number | null }

export interface ChangePhrases {
  /** A whole sentence without its full stop. */
  readonly change: (change: Change, on: string) => string
  /** The sentence for changes that only silence brings. */
  readonly unlessHeBuys: (sentence: string) => string
  /** The sentence for changes that come when a lock ends. */
  readonly afterLock: (sentence: string) => string
}

export const PHRASES: Readonly<Record<Language, ReasonPhrases & ChangePhrases>> = {
  ru: { ...russianReasons, ...russianChanges },
  en: { ...englishReasons, ...englishChanges },
}
