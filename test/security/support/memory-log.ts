import { createLogger } from '../../../src/logger.ts'

/** A log of everything, down to traces, kept in memory. */
export const memoryLog = () => {
  const lines: string[] = []
  return { lines, logger: createLogger('trace', { write: (line: string) => void lines.push(line) }) }
}
