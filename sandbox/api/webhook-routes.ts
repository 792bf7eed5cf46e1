import { HOOK_SETTINGS } from '../hooks/hook-settings.ts'
import type { Subscription } from '../world/subscriptions.ts'
import type { World } from '../world/world.ts'
import { type ApiAnswer, type ApiCall, NO_CONTENT, ok, type Route } from './api-call.ts'
import { selfLink } from './card-json.ts'
import { answer } from './card-writes.ts'
import { type ItemReader, readSingle, throwFaults } from './item-reader.ts'
import { Problem } from './problem.ts'
import { listOf, mapOf } from './query-values.ts'

const MOST_HOOKS = 100

/** Webhook subscriptions: an admin's right, and a matter of the plan (platform: subscription API). */
export const webhookRoutes: readonly Route[] = [
  { method: 'GET', path: '/v4/webhooks', handle: guarded(list) },
  { method: 'POST', path: '/v4/webhooks', handle: guarded(subscribe) },
  { method: 'DELETE', path: '/v4/webhooks', handle: guarded(unsubscribe) },
]

function guarded(handle: (call: ApiCall) => ApiAnswer): (call: ApiCall) => ApiAnswer {
  return (call) => {
    if (!call.user.isAdmin) throw new Problem(403, 'Only an administrator may manage webhooks')
    if (!call.world.account.hasWebhooks) throw new Problem(402, 'Webhooks are not part of the plan')
    return handle(call)
  }
}

function list(call: ApiCall): ApiAnswer {
  const wanted = mapOf(call.query, 'filter').get('destination')
  const destinations = wanted === undefined ? null : listOf(wanted, 'destination')
  const found = [...call.world.subscriptions.values()].filter(
    ({ destination }) => destinations === null || destinations.includes(destination),
  )
  if (found.length === 0) return NO_CONTENT
  return answer(
    call,
    'webhooks',
    found.map((subscription) => subscriptionJson(call, subscription)),
  )
}

function subscribe(call: ApiCall): ApiAnswer {
  const { world } = call
  const reader = readSingle(call.body)
  reader.onlyKeys(new Set(['destination', 'settings', 'sort']))
  reader.require('destination', 'settings')
  const destination = readDestination(reader)
  const settings = readSettings(reader, world)
  const sort = reader.whole('sort')
  throwFaults([reader])
  const known = world.subscriptions.get(destination)
  if (known !== undefined) {
    known.settings =
      world.doubts.repostSettings === 'replace' ? settings : [...new Set([...known.settings, ...settings])]
    if (world.doubts.repostEnables) {
      known.disabled = false
      known.invalidAnswers = []
    }
    known.updatedAt = world.now()
    known.sort = sort ?? known.sort
    return ok(subscriptionJson(call, known))
  }
  if (world.subscriptions.size >= MOST_HOOKS) throw new Problem(422, `At most ${MOST_HOOKS} webhooks are allowed`)
  const made: Subscription = {
    id: world.smallId(),
    destination,
    settings,
    createdAt: world.now(),
    updatedAt: world.now(),
    createdBy: call.user.id,
    sort: sort ?? world.subscriptions.size + 1,
    disabled: false,
    invalidAnswers: [],
  }
  world.subscriptions.set(destination, made)
  return { status: 201, body: subscriptionJson(call, made) }
}

function readDestination(reader: ItemReader): string {
  const destination = reader.text('destination') ?? ''
  if (!/^https?:\/\//.test(destination) || !URL.canParse(destination)) {
    reader.refuse('InvalidUrl', 'destination', 'This value is not a valid URL.')
  }
  return destination
}

function readSettings(reader: ItemReader, world: World): readonly string[] {
  const value = reader.raw('settings')
  if (!Array.isArray(value) || value.length === 0) {
    reader.refuse('InvalidType', 'settings', 'This value should be a filled array.')
    return []
  }
  return value.map((name: unknown, at) => {
    const isKnown = typeof name === 'string' && HOOK_SETTINGS.has(name)
    if (!isKnown || world.account.refusedHookSettings.includes(name)) {
      reader.refuse('NotSupportedChoice', `settings.${at}`, 'The value you selected is not a valid choice.')
    }
    return String(name)
  })
}

function unsubscribe(call: ApiCall): ApiAnswer {
  const reader = readSingle(call.body)
  reader.require('destination')
  const destination = reader.text('destination')
  throwFaults([reader])
  if (destination === undefined || !call.world.subscriptions.delete(destination)) {
    throw new Problem(404, 'Webhook not found')
  }
  return NO_CONTENT
}

function subscriptionJson(call: ApiCall, subscription: Subscription): unknown {
  return {
    id: subscription.id,
    destination: subscription.destination,
    created_at: subscription.createdAt,
    updated_at: subscription.updatedAt,
    account_id: call.world.account.id,
    created_by: subscription.createdBy,
    sort: subscription.sort,
    disabled: subscription.disabled,
    settings: subscription.settings,
    _links: selfLink(call, 'webhooks', subscription.id),
  }
}
