const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
}

/** One fault of one item of a request. */
export interface ItemError {
  readonly code: string
  readonly path: string
  readonly detail: string
}

/** An answer in `application/problem+json`, thrown by whatever finds the fault. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, detail: string, more: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.status = status
    this.body = {
      ...more,
      title: TITLES[status] ?? 'Error',
      type: `https://httpstatus.es/${status}`,
      status,
      detail,
    }
  }
}

/** Refusal of a batch: names each bad item by its request id. */
export function validationProblem(
  items: readonly { readonly requestId: string; readonly errors: readonly ItemError[] }[],
): Problem {
  return new Problem(400, 'Request validation failed', {
    'validation-errors': items.map(({ requestId, errors }) => ({ request_id: requestId, errors })),
  })
}
