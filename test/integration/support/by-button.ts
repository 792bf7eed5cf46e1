import type { Trial } from './start-trial.ts'

/** A browser at the service: keeps its cookie, and follows amoCRM's redirects when it is told to. */
export class Browser {
  readonly #url: string
  #cookie = ''

  constructor({ url }: Pick<Trial, 'url'>) {
    this.#url = url
  }

  /** Presses the button, and agrees in amoCRM as an account's admin; answers the address it is sent back to. */
  async agree(accountId: number): Promise<string> {
    const consent = await this.#follow(`${this.#url}/oauth/install?at=amoCRM`)
    return this.#follow(`${consent}&account_id=${accountId}`)
  }

  open(address: string): Promise<Response> {
    return fetch(address, { redirect: 'manual', headers: { cookie: this.#cookie, accept: 'application/json' } })
  }

  async #follow(address: string): Promise<string> {
    const answer = await this.open(address)
    const set = answer.headers.get('set-cookie')
    if (set !== null) this.#cookie = set.split(';')[0] ?? ''
    const to = answer.headers.get('location')
    if (to === null) throw new Error(`${address} redirects nowhere: ${answer.status}`)
    return to
  }
}
