import { pathText } from './rules/path-text.ts'
import type { Complaint } from './rules/read-operand.ts'

/** Something the checker has to say about a policy. */
export interface Finding {
  /** Where, e.g. `rules[2].when.all[1].fact`. */
  readonly path: string
  readonly message: string
  /** What to do about it. */
  readonly advice: string
}

export type Path = readonly (string | number)[]

export const finding = (path: Path, { message, advice }: Complaint): Finding => ({
  path: pathText(path),
  message,
  advice,
})
