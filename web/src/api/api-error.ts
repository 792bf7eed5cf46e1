/** One thing that is wrong with what was sent. */
export interface Fault {
  readonly path: string
  readonly message: string
  readonly advice?: string
}

/** The body of a refusal (`application/problem+json`), as far as this program reads it. */
export interface ProblemBody {
  readonly title?: string
  readonly detail?: string
  readonly code?: string
  readonly requestId?: string
  readonly errors?: readonly Fault[]
  /** Version of the policy that stands, where another one was named. */
  readonly version?: number
  /** What a policy would do now, where it is not what was previewed. */
  readonly preview?: unknown
}

/** A request that came to nothing. `status` 0: the service could not be reached. */
export class ApiError extends Error {
  readonly status: number
  /** For programs, e.g. `admin_only`; sentences by code are in `problems.json`. */
  readonly code: string
  readonly faults: readonly Fault[]
  readonly problem: ProblemBody

  constructor(status: number, problem: ProblemBody, cause?: unknown) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`, { cause })
    this.name = 'ApiError'
    this.status = status
    this.code = problem.code ?? (status === 0 ? 'unreachable' : `http_${status}`)
    this.faults = problem.errors ?? []
    this.problem = problem
  }
}
