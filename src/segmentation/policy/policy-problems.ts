import type { z } from 'zod'

/** One fault of a policy: where it is and what to do about it. */
export interface PolicyProblem {
  /** Names and indexes joined by dots, e.g. `value.tiers.0.from`; empty for the whole policy. */
  readonly path: string
  readonly message: string
}

type Issue = z.core.$ZodIssue

const join = (path: readonly PropertyKey[]) => path.map(String).join('.')

/** What to do, for each kind of fault whose schema does not say it itself. */
const advice = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.message}: give a value of the type ${issue.expected}, or leave the setting out`
    case 'too_small':
      return `${issue.message}: give ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
    case 'too_big':
      return `${issue.message}: give ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`
    case 'invalid_value':
      return issue.message.startsWith('Invalid') ? `${issue.message}: choose one of these` : issue.message
    case 'invalid_union':
      return `${issue.message}: none of the allowed forms fits, see the description of this setting`
    default:
      return issue.message
  }
}

/** All faults, one for each unknown setting, in the order of the schema. */
export const policyProblems = (error: z.ZodError): PolicyProblem[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: join([...issue.path, key]),
          message: `There is no setting "${key}" here: remove it or check its spelling`,
        }))
      : [{ path: join(issue.path), message: advice(issue) }],
  )
