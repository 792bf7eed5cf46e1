import type { PolicyInput } from './policy.ts'

/** Ready-made starting points of a policy: what differs from the default. */
export const PRESETS = {
  default: {},
  /** Sales that repeat often: the first purchase makes nobody an old client at once. */
  frequency: { firstPurchaseIsNewForDays: 30 },
  /** Companies buy; they do so rarely. */
  b2b: { clientEntity: 'company', sleeping: { mode: 'fixed', days: 180 } },
  /** Many buyers, each with a rhythm of his own. */
  retail: { sleeping: { mode: 'rhythm' } },
} as const satisfies Readonly<Record<string, PolicyInput>>

export type PresetName = keyof typeof PRESETS

export const PRESET_NAMES = ['default', 'frequency', 'b2b', 'retail'] as const satisfies readonly PresetName[]
