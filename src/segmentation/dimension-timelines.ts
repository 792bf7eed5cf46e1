import { lifecycleByFacts } from './lifecycle.ts'
import { type Lockable, withLocks } from './locks.ts'
import { standingByFacts } from './standing.ts'
import { temperatureByFacts } from './temperature.ts'
import { NEVER, oneOff } from './timeline.ts'
import { tierByFacts } from './value-timelines.ts'
import {
  LIFECYCLE_SEGMENTS,
  type LifecycleSegment,
  STANDING_SEGMENTS,
  type StandingSegment,
  TEMPERATURE_SEGMENTS,
  type TemperatureSegment,
} from './verdict.ts'

export const LIFECYCLE: Lockable<LifecycleSegment> = {
  name: 'lifecycle',
  segmentsOf: () => LIFECYCLE_SEGMENTS,
  byFacts: lifecycleByFacts,
}

export const TEMPERATURE: Lockable<TemperatureSegment> = {
  name: 'temperature',
  segmentsOf: () => TEMPERATURE_SEGMENTS,
  byFacts: temperatureByFacts,
}

export const STANDING: Lockable<StandingSegment> = {
  name: 'standing',
  segmentsOf: () => STANDING_SEGMENTS,
  byFacts: (reading, moment) => {
    oneOff(NEVER, moment)
    return standingByFacts(reading)?.segment ?? null
  },
}

export const TIER: Lockable<string> = {
  name: 'value',
  segmentsOf: ({ policy }) => policy.value.tiers.map((tier) => tier.label),
  byFacts: (reading, moment) => tierByFacts(reading, moment)?.label ?? null,
}

/** The answers of the dimensions as functions of time, locks included; null: no answer. */
export const lifecycleTimeline = withLocks(LIFECYCLE)
export const temperatureTimeline = withLocks(TEMPERATURE)
export const standingTimeline = withLocks(STANDING)
export const tierTimeline = withLocks(TIER)
