import { randomUUID } from 'node:crypto'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export interface HookPoster {
  /** Posts a body; resolves to the status, 0 when there was no answer in time. Never rejects. */
  post(destination: string, body: string): Promise<number>
  close(): void
}

/** Posts hooks as the platform does: form-encoded, its user agent, a request id, a time limit, no redirects followed. */
export function createHookPoster(timeoutMs: number, connections: number): HookPoster {
  const http = new HttpAgent({ keepAlive: true, maxSockets: connections })
  const https = new HttpsAgent({ keepAlive: true, maxSockets: connections })
  return {
    post: (destination, body) =>
      new Promise((resolve) => {
        const url = new URL(destination)
        const isTls = url.protocol === 'https:'
        const request = (isTls ? httpsRequest : httpRequest)(url, {
          method: 'POST',
          agent: isTls ? https : http,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'amoCRM-Webhooks/3.0',
            'accept-encoding': 'gzip',
            'x-amocrm-requestid': randomUUID(),
          },
        })
        const timer = setTimeout(() => request.destroy(new Error('No answer in time')), timeoutMs)
        const finish = (status: number): void => {
          clearTimeout(timer)
          resolve(status)
        }
        request.on('response', (response) => {
          response.resume()
          finish(response.statusCode ?? 0)
        })
        request.on('error', () => finish(0))
        request.end(body)
      }),
    close: () => {
      http.destroy()
      https.destroy()
    },
  }
}
