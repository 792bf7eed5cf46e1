import type { Seconds } from './facts.ts'

/** 0001-01-01 and 9999-12-31 with a day to spare for time zones: beyond, calendars have no day to show. */
const EARLIEST: Seconds = -62_135_510_400
const LATEST: Seconds = 253_402_214_400

/** The whole seconds a date field's number stands for; null: no date of this world, such as milliseconds. */
export const dateValue = (value: number): Seconds | null =>
  value >= EARLIEST && value <= LATEST ? Math.floor(value) : null
