import type { AccountFacts, ClientFacts, DealFacts, Seconds } from '../src/segmentation/facts.ts'

const DAY = 86_400

/** The instant the made-up base is looked at: 2026-06-01 12:00 UTC. */
export const BENCH_NOW: Seconds = 1_780_315_200

export const BENCH_ACCOUNT: AccountFacts = {
  id: 1,
  timeZone: 'Europe/Moscow',
  currency: 'RUB',
  pipelines: [
    {
      id: 1,
      name: 'Продажи',
      sort: 1,
      isMain: true,
      statuses: [
        { id: 10, name: 'Неразобранное', sort: 10, type: 1 },
        { id: 11, name: 'Первичный контакт', sort: 20, type: 0 },
        { id: 12, name: 'Переговоры', sort: 30, type: 0 },
        { id: 142, name: 'Успешно реализовано', sort: 10_000, type: 0 },
        { id: 143, name: 'Закрыто и не реализовано', sort: 11_000, type: 0 },
      ],
    },
  ],
  lossReasons: [
    { id: 1, name: 'Спам' },
    { id: 2, name: 'Дорого' },
  ],
  fields: [],
  users: [],
  aggregates: { gaps: { count: 0, quantileSeconds: null } },
}

/** A small generator with a seed (mulberry32): the same base on every run. */
const seeded = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const STATUSES = [142, 142, 142, 142, 142, 143, 143, 12, 11, 10] as const

const makeDeal = (id: number, random: () => number, now: Seconds): DealFacts => {
  const statusId = STATUSES[Math.floor(random() * STATUSES.length)] ?? 142
  const at = now - Math.floor(random() * 700 * DAY)
  return {
    id,
    pipelineId: 1,
    statusId,
    price: Math.floor(random() * 100_000),
    createdAt: at - 5 * DAY,
    updatedAt: at,
    closedAt: statusId >= 142 ? at : null,
    statusSince: at,
    lossReasonId: statusId === 143 ? 1 + Math.floor(random() * 2) : null,
    responsibleUserId: 1,
    tags: [],
    fields: {},
  }
}

/** Ids as amoCRM gives them: long, and of one account far apart, since all accounts share one row of numbers. */
const FIRST_CLIENT_ID = 30_000_001
const CLIENT_STEP = 7
const FIRST_DEAL_ID = 40_000_001

export interface BaseOptions {
  /** Of each client; default: 3 to 10. */
  readonly deals?: number
  /** How far apart the ids of two deals in a row are; default 1. */
  readonly dealStep?: number
  /** The instant it is looked at; default: `BENCH_NOW`. */
  readonly now?: Seconds
}

/** Clients with some deals each, half of them won. */
export const madeUpBase = (size: number, { deals, dealStep = 1, now = BENCH_NOW }: BaseOptions = {}): ClientFacts[] => {
  const random = seeded(1)
  let dealId = FIRST_DEAL_ID
  return Array.from({ length: size }, (_, index) => ({
    kind: 'contact',
    id: FIRST_CLIENT_ID + index * CLIENT_STEP,
    createdAt: now - 800 * DAY,
    responsibleUserId: 1,
    tags: [],
    fields: {},
    hasPhone: true,
    hasEmail: false,
    incomingAt: null,
    deals: Array.from({ length: deals ?? 3 + Math.floor(random() * 8) }, () => {
      dealId += dealStep
      return makeDeal(dealId, random, now)
    }),
    locks: [],
  }))
}
