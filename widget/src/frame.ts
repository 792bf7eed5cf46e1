import { accountId } from './platform.ts'
import type { Service } from './service.ts'

const QUESTION = 'amo-segments:session?'
const ANSWER = 'amo-segments:session'

/** Questions that come so soon after an answer crossed it on the way, ms. */
const CROSSED_MS = 2_000

interface Session {
  readonly token: string
  readonly accountId: number
  readonly expiresAt: string
}

export interface FrameOptions {
  readonly service: Service
  readonly language: 'ru' | 'en'
  /** For screen readers. */
  readonly title: string
  /** Below the account’s address in the web app, e.g. `/clients/contact/17`. */
  readonly page: string
  readonly onTrouble: (error: unknown) => void
}

/**
 * The web app of the service in a frame. It asks for a session by message and is answered, and nobody else: only that
 * very window, while it shows the service’s own address.
 */
export const openFrame = (host: Element, { service, language, title, page, onTrouble }: FrameOptions) => {
  const { origin } = new URL(service.url)
  const account = accountId() ?? 0
  const frame = document.createElement('iframe')
  frame.title = title
  frame.className = 'amo-segments__frame'
  frame.src = `${service.url}/app/accounts/${account}${page}?embedded=1&account=${account}&lang=${language}`

  let last: { readonly session: Session; readonly at: number } | null = null
  let asking = false
  const session = async (): Promise<Session> => {
    if (last !== null && performance.now() - last.at < CROSSED_MS) return last.session
    // A page whose account is not installed may ask about it, and so learn it, but for no session.
    await service.ofAccount({ method: 'GET', path: '' })
    const made = await service.call<Session>({ method: 'POST', path: '/session' })
    last = { session: made, at: performance.now() }
    return made
  }
  const answer = async ({ source, origin: from, data }: MessageEvent<unknown>): Promise<void> => {
    if (source !== frame.contentWindow || from !== origin || !isQuestion(data) || asking) return
    asking = true
    try {
      const { token, accountId: of, expiresAt } = await session()
      frame.contentWindow?.postMessage({ type: ANSWER, token, accountId: of, expiresAt }, origin)
    } catch (error) {
      onTrouble(error)
    } finally {
      asking = false
    }
  }
  const listen = (event: MessageEvent<unknown>): void => void answer(event)
  window.addEventListener('message', listen)
  host.append(frame)
  return {
    close: (): void => {
      window.removeEventListener('message', listen)
      frame.remove()
    },
  }
}

const isQuestion = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === QUESTION
