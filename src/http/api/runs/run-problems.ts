import type { ApiProblem } from '../api-problem.ts'

export const UNKNOWN_RUN: ApiProblem = {
  status: 404,
  code: 'run_unknown',
  title: 'Not found',
  detail: 'The account knows no run of this name.',
}

export const NO_REPORT: ApiProblem = {
  status: 404,
  code: 'report_absent',
  title: 'Not found',
  detail: 'Only an undo or a clean-up that has ended has a report.',
}

export const RUN_ENDED: ApiProblem = {
  status: 409,
  code: 'run_ended',
  title: 'Run ended',
  detail: 'The run has ended; there is nothing to call off.',
}

export const RUN_NOT_ENDED: ApiProblem = {
  status: 409,
  code: 'run_not_ended',
  title: 'Run under way',
  detail: 'The run has not ended; call it off first.',
}

export const NOT_UNDONE: ApiProblem = {
  status: 409,
  code: 'run_not_undoable',
  title: 'Not taken back',
  detail: 'What an undo or a clean-up did cannot be taken back.',
}

export const TOO_MANY_STREAMS: ApiProblem = {
  status: 503,
  code: 'too_many_streams',
  title: 'Too many listeners',
  detail: 'Too many pages follow runs at this moment; ask for the run itself now and then instead.',
}
