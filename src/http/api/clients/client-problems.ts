import type { ApiProblem } from '../api-problem.ts'

export const UNKNOWN_CLIENT: ApiProblem = {
  status: 404,
  code: 'client_unknown',
  title: 'Not found',
  detail: 'No client of this id is known; who was just created is known a moment later.',
}

export const SEGMENT_UNKNOWN: ApiProblem = {
  status: 422,
  code: 'segment_unknown',
  title: 'Unknown segment',
  detail: 'The policy of the account has no such segment; GET …/segments names them all.',
}

export const UNTIL_PAST: ApiProblem = {
  status: 422,
  code: 'until_past',
  title: 'Lock over already',
  detail: 'A lock must end in the future.',
}

export const RULE_UNKNOWN: ApiProblem = {
  status: 404,
  code: 'rule_unknown',
  title: 'Not found',
  detail: 'The policy of the account has no rule of this id.',
}
