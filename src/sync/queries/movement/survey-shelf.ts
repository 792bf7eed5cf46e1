import type { AccountContext } from '../../account-context.ts'
import { type DealSurvey, surveyDeals } from './survey-deals.ts'

/** Of a processor's time at most this share goes into surveys. */
const SHARE = 0.05

/** A new survey is waited for so long where there is an old one, ms. */
const PATIENCE_MS = 700

/** Deals of all accounts that are kept at most, some sixty megabytes; the last survey stays however large it is. */
const MOST_DEALS = 1_000_000

/** Older ones are of no use, ms. */
const LONGEST_LIFE_MS = 15 * 60_000

interface Shelved {
  readonly survey: DealSurvey
  readonly policyVersion: number
  /** Monotonic, ms. */
  readonly freshUntil: number
  readonly timer: NodeJS.Timeout
}

/**
 * The last survey of each account that was asked about. Small accounts always see the present; a large one's survey
 * takes seconds, so it is shown as it last was, with its age, while the next one is made.
 */
export class SurveyShelf {
  readonly #shelf = new Map<number, Shelved>()
  readonly #making = new Map<string, Promise<DealSurvey>>()
  readonly #mostDeals: number

  constructor(mostDeals = MOST_DEALS) {
    this.#mostDeals = mostDeals
  }

  /** How many deals are kept. */
  get deals(): number {
    return [...this.#shelf.values()].reduce((sum, { survey }) => sum + survey.deals.length, 0)
  }

  async of(context: AccountContext): Promise<DealSurvey> {
    const known = this.#shelf.get(context.id)
    const isKept = known?.policyVersion === context.policyVersion
    if (isKept && performance.now() < known.freshUntil) return known.survey
    const making = this.#make(context)
    if (!isKept) return making
    return Promise.race([making, afterPatience(known.survey)])
  }

  #make(context: AccountContext): Promise<DealSurvey> {
    const key = `${context.id}:${context.policyVersion}`
    const known = this.#making.get(key)
    if (known) return known
    const begin = performance.now()
    const making = surveyDeals(context)
      .then((survey) => {
        this.#put(context, survey, performance.now() - begin)
        return survey
      })
      .finally(() => this.#making.delete(key))
    // Whoever has an old one does not wait for its failure.
    making.catch((error: unknown) => context.log.warn({ err: error }, 'the deals could not be surveyed'))
    this.#making.set(key, making)
    return making
  }

  #put({ id, policyVersion }: AccountContext, survey: DealSurvey, tookMs: number): void {
    this.#drop(id)
    const timer = setTimeout(() => this.#shelf.delete(id), LONGEST_LIFE_MS).unref()
    this.#makeRoom(survey.deals.length)
    this.#shelf.set(id, { survey, policyVersion, freshUntil: performance.now() + tookMs / SHARE, timer })
  }

  /** The oldest ones go first: a map keeps the order in which it was filled. */
  #makeRoom(deals: number): void {
    let total = this.deals + deals
    for (const [id, { survey }] of this.#shelf) {
      if (total <= this.#mostDeals) return
      total -= survey.deals.length
      this.#drop(id)
    }
  }

  #drop(id: number): void {
    clearTimeout(this.#shelf.get(id)?.timer)
    this.#shelf.delete(id)
  }
}

const afterPatience = (survey: DealSurvey): Promise<DealSurvey> =>
  new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, survey).unref())
