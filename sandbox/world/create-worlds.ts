import { type Actions, createActions } from '../actions/create-actions.ts'
import { generateWorld } from '../generate-world.ts'
import type { AccountOptions, SandboxOptions } from '../options.ts'
import { furnish } from './furnish.ts'
import { World } from './world.ts'

/** An account with the acts of its people. */
export type AccountWorld = World & { readonly actions: Actions }

const FIRST_ACCOUNT_ID = 31_000_001

/** Makes the accounts of a sandbox, furnished and, where clients are asked for, populated. */
export function createWorlds(options: SandboxOptions, now: () => number): ReadonlyMap<number, AccountWorld> {
  const accounts = options.accounts ?? 1
  const wanted = typeof accounts === 'number' ? Array.from({ length: accounts }, () => ({})) : accounts
  const worlds = wanted.map((account, at) => createWorld(account, at, options, now))
  return new Map(worlds.map((world) => [world.account.id, world]))
}

function createWorld(account: AccountOptions, at: number, options: SandboxOptions, now: () => number): AccountWorld {
  const id = account.id ?? FIRST_ACCOUNT_ID + at
  const world = new World(
    {
      id,
      subdomain: account.subdomain ?? `sandbox${id}`,
      name: account.name ?? `Песочница ${at + 1}`,
      timeZone: account.timeZone ?? 'Europe/Moscow',
      currency: account.currency ?? 'RUB',
      country: account.country ?? 'RU',
      hasWebhooks: account.hasWebhooks ?? true,
      refusedHookSettings: account.refusedHookSettings ?? [],
    },
    now,
    { ...options.doubts, ...account.doubts },
  )
  furnish(world)
  const clients = account.clients ?? options.clients ?? 0
  const deals = account.deals ?? options.deals
  const seed = account.seed ?? (options.seed ?? 1) + at
  if (clients > 0) generateWorld(world, { clients, seed, ...(deals === undefined ? {} : { deals }) })
  return Object.assign(world, { actions: createActions(world) })
}
