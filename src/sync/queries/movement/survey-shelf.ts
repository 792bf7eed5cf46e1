import type { AccountContext } from '../../account-context.ts'
import { AccountShelf } from '../account-shelf.ts'
import { type DealSurvey, surveyDeals } from './survey-deals.ts'

/** Of a processor's time at most this share goes into surveys. */
const SHARE = 0.05

/** A new survey is waited for so long where there is an old one, ms. */
const PATIENCE_MS = 700

/** Deals of all accounts that are kept at most, some thirty megabytes. */
const MOST_DEALS = 500_000

interface Shelved {
  readonly survey: DealSurvey
  readonly policyVersion: number
  /** Monotonic, ms. */
  readonly freshUntil: number
}

/**
 * The last survey of each account that was asked about. Small accounts always see the present; a large one's survey
 * takes seconds, so it is shown as it last was, with its age, while the next one is made.
 */
export class SurveyShelf {
  readonly #shelf: AccountShelf<Shelved>
  readonly #making = new Map<string, Promise<DealSurvey>>()

  constructor(most = MOST_DEALS) {
    this.#shelf = new AccountShelf({ sizeOf: ({ survey }) => survey.deals.length, most })
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
        const freshUntil = performance.now() + (performance.now() - begin) / SHARE
        this.#shelf.put(context.id, { survey, policyVersion: context.policyVersion, freshUntil })
        return survey
      })
      .finally(() => this.#making.delete(key))
    // Whoever has an old one does not wait for its failure.
    making.catch((error: unknown) => context.log.warn({ err: error }, 'the deals could not be surveyed'))
    this.#making.set(key, making)
    return making
  }
}

const afterPatience = (survey: DealSurvey): Promise<DealSurvey> =>
  new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, survey).unref())
