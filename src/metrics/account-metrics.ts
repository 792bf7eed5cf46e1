import { Counter, Gauge, Registry } from 'prom-client'
import type { AccountFigures } from '../sync/queries/account-figures.ts'

/** Accounts that are told of one by one; those installed later are told of together, as "other". */
const MOST_ACCOUNTS = 500

type Value = (figures: AccountFigures) => number | null

interface Figure {
  readonly help: string
  readonly read: Value
  /** What of several accounts is told as one. */
  readonly together: 'sum' | 'most' | 'least'
  /** It only grows. */
  readonly isCounter?: boolean
}

const flag = (value: boolean): number => (value ? 1 : 0)

/** Read from Redis at each scrape: every process that tells them tells the same. */
const FIGURES: Readonly<Record<string, Figure>> = {
  amo_segments_account_active: {
    help: '1 while the account works, 0 while it rests, is paused or was removed',
    read: ({ isActive }) => flag(isActive),
    together: 'least',
  },
  amo_segments_hooks_subscribed: {
    help: '1 while amoCRM sends webhooks',
    read: ({ isSubscribed }) => flag(isSubscribed),
    together: 'least',
  },
  amo_segments_backfill_running: {
    help: '1 while the whole base is being read',
    read: ({ isReading }) => flag(isReading),
    together: 'most',
  },
  amo_segments_unread_clients: {
    help: 'Clients known from their deals whose own card was not read yet',
    read: ({ unread }) => unread,
    together: 'sum',
  },
  amo_segments_due_clients: { help: 'Clients to be decided now', read: ({ due }) => due, together: 'sum' },
  amo_segments_lag_seconds: {
    help: 'How late the most overdue client is',
    read: ({ lag }) => lag,
    together: 'most',
  },
  amo_segments_jobs: { help: 'Jobs under way or waiting', read: ({ jobs }) => jobs, together: 'sum' },
  amo_segments_jobs_failed: {
    help: 'Jobs given up, kept for a week',
    read: ({ failedJobs }) => failedJobs,
    together: 'sum',
  },
  amo_segments_intents: {
    help: 'Entry actions not carried out yet',
    read: ({ intents }) => intents,
    together: 'sum',
  },
  amo_segments_repairs_total: {
    help: 'Clients a sweep found changed without a webhook',
    read: ({ repairs }) => repairs,
    together: 'sum',
    isCounter: true,
  },
  amo_segments_set_aside: {
    help: 'Cards left alone for an hour, since something else keeps changing them back',
    read: ({ setAside }) => setAside,
    together: 'sum',
  },
  amo_segments_last_hook_age_seconds: {
    help: 'Time since the last webhook',
    read: ({ hookAge }) => hookAge,
    together: 'most',
  },
  amo_segments_swept_age_seconds: {
    help: 'Everything that changed longer ago is known',
    read: ({ sweptAge }) => sweptAge,
    together: 'most',
  },
  amo_segments_token_age_seconds: {
    help: 'Time since the pair of tokens was given',
    read: ({ tokenAge }) => tokenAge,
    together: 'most',
  },
  amo_segments_refresh_token_expires_seconds: {
    help: 'Time until the refresh token is of no use any more',
    read: ({ refreshTokenLeft }) => refreshTokenLeft,
    together: 'least',
  },
}

const TOGETHER = {
  sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  most: (values: readonly number[]) => Math.max(...values),
  least: (values: readonly number[]) => Math.min(...values),
}

/** Accounts under the label they are told of by. */
interface Group {
  readonly account: string
  readonly members: readonly AccountFigures[]
}

/** A registry of what the accounts are like; `accounts` in the order of their installation. */
export const accountMetrics = (accounts: readonly AccountFigures[]): Registry => {
  const registry = new Registry()
  const groups = grouped(accounts)
  for (const [name, figure] of Object.entries(FIGURES)) {
    const set = setter(registry, name, figure)
    for (const { account, members } of groups) {
      const values = members.map(figure.read).filter((value) => value !== null)
      if (values.length > 0) set({ account }, TOGETHER[figure.together](values))
    }
  }
  countClients(registry, groups)
  return registry
}

type Labels = Readonly<Record<'account', string>>

/** A fresh counter stands at nothing: what is added to it is what it tells. */
const setter = (registry: Registry, name: string, { help, isCounter = false }: Figure) => {
  const metric = new (isCounter ? Counter : Gauge)({ name, help, labelNames: ['account'], registers: [registry] })
  return (labels: Labels, value: number) => metric.inc(labels, value)
}

const grouped = (accounts: readonly AccountFigures[]): Group[] => {
  const single = accounts.slice(0, MOST_ACCOUNTS).map((one) => ({ account: String(one.id), members: [one] }))
  const others = accounts.slice(MOST_ACCOUNTS)
  return others.length === 0 ? single : [...single, { account: 'other', members: others }]
}

const countClients = (registry: Registry, groups: readonly Group[]): void => {
  const clients = new Gauge({
    ...{ name: 'amo_segments_clients', labelNames: ['account', 'dimension', 'segment'], registers: [registry] },
    help: 'Clients in each segment; the sum over those of lifecycle is the size of the mirror',
  })
  for (const { account, members } of groups)
    for (const { dimension, segment, clients: count } of members.flatMap(({ segments }) => segments))
      clients.inc({ account, dimension, segment }, count)
}
