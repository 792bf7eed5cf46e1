import type { Trial } from './start-trial.ts'

export const OPERATOR_TOKEN = 'token-of-the-operator'

/** Asks the API as its operator. */
export const callApi = async ({ url }: Pick<Trial, 'url'>, method: 'GET' | 'POST' | 'DELETE', path: string) => {
  const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` }
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}
