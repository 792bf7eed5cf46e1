import type { Random } from './random.ts'

/** One deal to be made: when it was closed, or, if open, created; in seconds. */
export interface PlannedDeal {
  readonly client: number
  readonly kind: 'won' | 'lost' | 'open'
  readonly at: number
  /** Lost as junk: spam, a duplicate, a wrong number. */
  readonly isJunk: boolean
}

const DAY = 86_400
const YEAR = 365 * DAY

/** How long the generated accounts have been at work. */
export const ACCOUNT_AGE = 3 * YEAR

const BUYERS = 0.78
/** Purchases a year: gamma-distributed over clients, mean 2.6, very uneven. */
const RATE = { shape: 0.8, scale: 3.2 }
/** Probability to leave for good after a purchase: beta-distributed over clients. */
const DROP_OUT = { a: 0.9, b: 2.6 }

/**
 * The deals of one client. Buyers follow the model of purchase histories in marketing science: each buys at a rate of
 * his own, at random, and after each purchase may silently leave with a probability of his own. Around the purchases
 * there are lost deals and, for some, one in work.
 */
export function planHistory(random: Random, client: number, now: number): PlannedDeal[] {
  return random.chance(BUYERS) ? planBuyer(random, client, now) : planProspect(random, client, now)
}

function planBuyer(random: Random, client: number, now: number): PlannedDeal[] {
  const plan: PlannedDeal[] = []
  const rate = random.gamma(RATE.shape, RATE.scale)
  const dropOut = random.beta(DROP_OUT.a, DROP_OUT.b)
  let at = now - Math.floor(random.next() * ACCOUNT_AGE)
  const first = at
  while (at < now) {
    plan.push({ client, kind: 'won', at, isJunk: false })
    if (random.chance(dropOut)) break
    at += Math.ceil(random.exponential(YEAR / rate))
  }
  while (random.chance(0.3)) plan.push(lostBetween(random, client, first, now, 0.04))
  if (random.chance(0.12)) plan.push(openDeal(random, client, now))
  return plan
}

function planProspect(random: Random, client: number, now: number): PlannedDeal[] {
  const plan: PlannedDeal[] = []
  const first = now - Math.floor(random.next() * ACCOUNT_AGE)
  while (random.chance(0.45)) plan.push(lostBetween(random, client, first, now, 0.3))
  if (random.chance(0.3)) plan.push(openDeal(random, client, now))
  return plan
}

function lostBetween(random: Random, client: number, from: number, now: number, junk: number): PlannedDeal {
  const at = from + Math.floor(random.next() * (now - from))
  return { client, kind: 'lost', at, isJunk: random.chance(junk) }
}

function openDeal(random: Random, client: number, now: number): PlannedDeal {
  return { client, kind: 'open', at: now - Math.floor(random.exponential(20 * DAY)) - 1, isJunk: false }
}

/** Adds or takes away deals at random until there are exactly as many as asked for. */
export function fitCount(random: Random, plan: PlannedDeal[], clients: number, wanted: number, now: number): void {
  while (plan.length > wanted) {
    const at = random.int(0, plan.length - 1)
    const last = plan.pop()
    if (last !== undefined && at < plan.length) plan[at] = last
  }
  while (plan.length < wanted) {
    const client = random.int(0, clients - 1)
    plan.push(random.chance(0.3) ? openDeal(random, client, now) : lostBetween(random, client, now - YEAR, now, 0.05))
  }
}
