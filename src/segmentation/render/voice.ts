import type { CompiledPolicy } from '../compile-policy.ts'
import type { Seconds } from '../facts.ts'
import { type Language, type SegmentNames, segmentNames } from '../labels.ts'
import { formatDate } from './format-date.ts'
import { formatMoney } from './format-money.ts'
import { counted, type WordForms } from './plural.ts'

/** All that the sentences about one account's clients need: names, dates, sums and counts in one language. */
export interface Voice {
  readonly language: Language
  readonly names: SegmentNames
  readonly policy: CompiledPolicy
  readonly date: (at: Seconds) => string
  readonly money: (sum: number) => string
  readonly count: (value: number, forms: WordForms) => string
  /** A length of time, e.g. `90 дней`. */
  readonly days: (seconds: number) => string
  /** Name of a status; its id where the account does not know it. */
  readonly status: (pipelineId: number, statusId: number) => string
  /** Name of a loss reason; its id where the account does not know it. */
  readonly lossReason: (id: number) => string
}

const DAY = 86_400

const DAY_FORMS: Readonly<Record<Language, WordForms>> = {
  ru: { one: 'день', few: 'дня', many: 'дней', other: 'дня' },
  en: { one: 'day', other: 'days' },
}

/** How the account's clients are spoken of; by default in the language of its policy. */
export const voiceOf = (policy: CompiledPolicy, language: Language = policy.policy.language): Voice => {
  const { account, calendar } = policy
  return {
    language,
    names: segmentNames({ ...policy.policy, language }),
    policy,
    date: (at) => formatDate(at, calendar, language),
    money: (sum) => formatMoney(sum, account.currency, language),
    count: (value, forms) => counted(value, forms, language),
    days: (seconds) => counted(seconds / DAY, DAY_FORMS[language], language),
    status: (pipelineId, statusId) =>
      account.pipelines
        .find((pipeline) => pipeline.id === pipelineId)
        ?.statuses.find((status) => status.id === statusId)?.name ?? `#${statusId}`,
    lossReason: (id) => account.lossReasons.find((reason) => reason.id === id)?.name ?? `#${id}`,
  }
}
