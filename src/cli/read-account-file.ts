import type { z } from 'zod'
import { pathText } from '../segmentation/rules/path-text.ts'
import { accountFactsSchema, type GivenAccount } from './account-facts-schema.ts'
import { CommandFailure } from './command-failure.ts'
import { readJsonFile } from './read-json-file.ts'

/** A fault of data that a schema found, e.g. `deals[0].statusId: Invalid input`. */
export const issueText = ({ path, message }: z.core.$ZodIssue): string => {
  const where = pathText(path.map((step) => (typeof step === 'symbol' ? String(step) : step)))
  return where === '' ? message : `${where}: ${message}`
}

/** The account of a file. */
export const readAccountFile = async (path: string): Promise<GivenAccount> => {
  const parsed = accountFactsSchema.safeParse(await readJsonFile(path))
  if (parsed.success) return parsed.data
  throw new CommandFailure(parsed.error.issues.map((issue) => `${path}: ${issueText(issue)}`).join('\n'))
}
