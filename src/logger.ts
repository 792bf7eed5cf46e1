import { type DestinationStream, type Logger, pino } from 'pino'
import { redact } from './redact.ts'

/**
 * The program's logger: one JSON object a line. Levels by who must act: error = ours to fix; warn = off the norm;
 * info = a thing that happened in the domain; debug = inside. Ids stand in fields, words in the message; no secret or
 * personal data leaves the process.
 */
export const createLogger = (level: string, destination?: DestinationStream): Logger => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redact },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
