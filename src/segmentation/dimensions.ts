import type { ClientReading } from './client-reading.ts'
import { LIFECYCLE, STANDING, TEMPERATURE } from './dimension-timelines.ts'
import type { Seconds } from './facts.ts'
import { lifecycleByFacts, lifecycleReason } from './lifecycle.ts'
import { lockedAnswer } from './locks.ts'
import { standingByFacts } from './standing.ts'
import { temperatureByFacts, temperatureReason } from './temperature.ts'
import { momentAt, NEVER } from './timeline.ts'
import { answerValue } from './value.ts'
import type { Verdict } from './verdict.ts'

/** The answers of the four dimensions at one instant. */
export type Dimensions = Pick<Verdict, 'lifecycle' | 'temperature' | 'standing' | 'value'>

export const orNull = (until: number): Seconds | null => (until === NEVER ? null : until)

const answerLifecycle = (reading: ClientReading, at: Seconds): Dimensions['lifecycle'] => {
  const locked = lockedAnswer(LIFECYCLE, reading, at)
  if (locked !== null) return locked
  const moment = momentAt(at)
  const segment = lifecycleByFacts(reading, moment)
  return { segment, reason: lifecycleReason(reading, segment), until: orNull(moment.until) }
}

const answerTemperature = (reading: ClientReading, at: Seconds): Dimensions['temperature'] => {
  const locked = lockedAnswer(TEMPERATURE, reading, at)
  if (locked !== null) return locked
  const moment = momentAt(at)
  const segment = temperatureByFacts(reading, moment)
  return { segment, reason: temperatureReason(reading, segment), until: orNull(moment.until) }
}

const answerStanding = (reading: ClientReading, at: Seconds): Dimensions['standing'] => {
  const locked = lockedAnswer(STANDING, reading, at)
  if (locked !== null) return locked
  const standing = standingByFacts(reading)
  return standing === null ? null : { ...standing, until: null }
}

/** The four dimensions; each answer's `until` is the instant at which it really changes. */
export const dimensionsAt = (reading: ClientReading, at: Seconds): Dimensions => ({
  lifecycle: answerLifecycle(reading, at),
  temperature: answerTemperature(reading, at),
  standing: answerStanding(reading, at),
  value: answerValue(reading, at),
})
