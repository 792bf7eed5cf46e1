import type { Config } from '../../config.ts'
import { type Finding, fail, ok, said } from './finding.ts'

const ANSWER_LIMIT_MS = 5_000

/** Whether the service is reached at the address that amoCRM is told. */
export const checkPublicUrl = async ({ publicUrl, production }: Config): Promise<Finding[]> => {
  if (publicUrl === null) return []
  return [...scheme(publicUrl, production), await answers(publicUrl)]
}

const scheme = (publicUrl: string, production: boolean): Finding[] =>
  publicUrl.startsWith('https:') || !production
    ? []
    : [
        fail(
          'public_url.https',
          said(`${publicUrl}: не HTTPS`, `${publicUrl}: not HTTPS`),
          said(
            'поставьте перед сервисом TLS (профиль tls в docker-compose.yml) и поправьте PUBLIC_URL',
            'put TLS before the service (profile tls of docker-compose.yml) and mend PUBLIC_URL',
          ),
        ),
      ]

const answers = async (publicUrl: string): Promise<Finding> => {
  const address = `${publicUrl}/health/live`
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS), redirect: 'manual' })
    const body: unknown = await answer.json().catch(() => null)
    const isOurs = typeof body === 'object' && body !== null && 'status' in body && body.status === 'live'
    if (isOurs) return ok('public_url', said(`${address} отвечает`, `${address} answers`))
    return unreached(address, `HTTP ${answer.status}`)
  } catch (error) {
    return unreached(address, whyOf(error))
  }
}

const unreached = (address: string, why: string): Finding =>
  fail(
    'public_url',
    said(`${address} не отвечает как этот сервис: ${why}`, `${address} does not answer as this service: ${why}`),
    said(
      'проверьте, что сервис запущен, а DNS, прокси и сертификат ведут к нему',
      'see that the service runs, and that DNS, proxy and certificate lead to it',
    ),
  )

const whyOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
