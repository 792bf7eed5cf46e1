import { z } from 'zod'

/** Above this a number of seconds is surely a number of milliseconds (the year 5138). */
const MAX_SECONDS = 100_000_000_000

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

const isoSchema = z
  .string()
  .regex(INSTANT, 'Give Unix seconds, or an instant such as 2026-08-14T10:00:00+03:00')
  .transform((text, context) => {
    const milliseconds = Date.parse(text)
    if (!Number.isNaN(milliseconds)) return Math.floor(milliseconds / 1000)
    context.addIssue({ code: 'custom', message: 'There is no such instant' })
    return z.NEVER
  })

/** An instant in a file: Unix seconds, or ISO 8601 with its offset. */
export const secondsSchema = z.union([
  z.int().min(-MAX_SECONDS, 'Give seconds, not milliseconds').max(MAX_SECONDS, 'Give seconds, not milliseconds'),
  isoSchema,
])
