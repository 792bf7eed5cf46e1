import type { Browser, BrowserContext, Page } from 'playwright-core'
import { inject } from 'vitest'
import { install } from '../../integration/support/install.ts'
import { startTrial, type Trial, type TrialOptions } from '../../integration/support/start-trial.ts'
import { FRAME_PATH, framePage } from './frame-page.ts'
import { openBrowser } from './open-browser.ts'

const ADMIN_TOKEN = 'operator-token-of-a-trial'

/** A desktop, and the narrowest telephone. */
export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } } as const

export interface Looking {
  readonly lang?: 'ru' | 'en'
  readonly size?: keyof typeof SIZES
}

/** The service over a sandbox, installed and read whole, and a browser before it. */
export class Stage {
  readonly trial: Trial
  readonly #browser: Browser
  readonly #contexts: BrowserContext[] = []
  /** What the pages complained of: errors on the console, what the Content-Security-Policy forbade, missing texts. */
  readonly complaints: string[] = []

  private constructor(trial: Trial, browser: Browser) {
    this.trial = trial
    this.#browser = browser
  }

  static async open(options: TrialOptions = {}): Promise<Stage> {
    const trial = await startTrial({
      ...options,
      environment: { ADMIN_TOKEN, ...options.environment },
      app: { webRoot: inject('webRoot'), ...options.app },
    })
    await install(trial)
    return new Stage(trial, await openBrowser())
  }

  /** A tab of the operator, signed in, at an address under the account, e.g. `/overview`. */
  async asOperator(path: string, looking: Looking = {}): Promise<Page> {
    const context = await this.#context(looking)
    await context.addInitScript((token) => {
      // The empty page a tab begins with has no storage.
      if (location.protocol === 'http:') sessionStorage.setItem('amo-segments.ops', token)
    }, ADMIN_TOKEN)
    const page = await context.newPage()
    await page.goto(this.address(path, looking))
    return page
  }

  /** A tab in which nobody is signed in. */
  async asStranger(path: string, looking: Looking = {}): Promise<Page> {
    const page = await (await this.#context(looking)).newPage()
    await page.goto(this.address(path, looking))
    return page
  }

  /**
   * The app in a frame of amoCRM, as somebody of the account has it: `frame` is the app, `page` what is around it.
   * `path` opens one of its pages once it is signed in.
   */
  async asUser(userId: number, path: string, looking: Looking = {}) {
    const page = await (await this.#context(looking)).newPage()
    const { sandbox, url } = this.trial
    await page.exposeFunction('sessionOfUser', () => this.#sessionOf(userId))
    await page.route(`${sandbox.url}${FRAME_PATH}`, (route) =>
      route.fulfill({ contentType: 'text/html', body: framePage(this.address(path, looking)) }),
    )
    await page.goto(`${sandbox.url}${FRAME_PATH}`)
    const frame = page.frames().find((one) => one.url().startsWith(url))
    if (frame === undefined) throw new Error('the app did not open in the frame')
    return { page, frame }
  }

  /** A tab at any address, e.g. of the sandbox. */
  async at(address: string, looking: Looking = {}): Promise<Page> {
    const page = await (await this.#context(looking)).newPage()
    await page.goto(address)
    return page
  }

  address(path: string, { lang = 'ru' }: Looking = {}): string {
    return `${this.trial.url}/app/accounts/${this.trial.accountId}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.trial.close()
  }

  async #context({ size = 'wide', lang = 'ru' }: Looking): Promise<BrowserContext> {
    const context = await this.#browser.newContext({ viewport: SIZES[size], locale: lang, timezoneId: 'Europe/Moscow' })
    this.#contexts.push(context)
    context.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    context.on('weberror', (error) => this.complaints.push(error.error().message))
    return context
  }

  /** As the widget gets it: amoCRM's one-time token for a session of ours. */
  async #sessionOf(userId: number): Promise<unknown> {
    const token = this.trial.sandbox.disposableToken({ userId })
    const answer = await fetch(`${this.trial.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'x-auth-token': token },
    })
    return answer.json()
  }
}
