import { type Policy, parsePolicy } from '../../segmentation/policy.ts'

/** A policy with every setting present, as this program would store it; null: its form is not sound. */
export const readPolicy = (input: unknown): Policy | null => {
  const parsing = parsePolicy(input)
  return parsing.type === 'ok' ? parsing.policy : null
}
