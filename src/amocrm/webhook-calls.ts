import type { AmoApi } from './amo-api.ts'
import type { AmoAnswer, AmoCaller } from './amo-caller.ts'
import { asObject, asText, embedded, type Json } from './hal.ts'
import { listAll } from './list-all.ts'

type WebhookCalls = Pick<AmoApi, 'webhooks' | 'subscribe' | 'unsubscribe'>

const PATH = '/api/v4/webhooks'

/** Subscriptions to account webhooks; need an admin's token (amoCRM, "webhooks API"). */
export function webhookCalls(caller: AmoCaller): WebhookCalls {
  const post = (destination: string, settings: readonly string[]): Promise<AmoAnswer> =>
    caller.call({ method: 'POST', path: PATH, route: PATH, body: { destination, settings }, optional: true }, 'live')

  const unsubscribe = async (destination: string): Promise<void> => {
    // 404: there was none, which is what is wanted.
    const request = { path: PATH, route: PATH, body: { destination }, accept: [404], ignoreAnswer: true }
    await caller.call({ method: 'DELETE', ...request }, 'live')
  }

  return {
    async webhooks() {
      const webhooks = await listAll(caller, { path: PATH, optional: true }, 'webhooks')
      return webhooks.map((webhook) => ({
        destination: asText(webhook.destination),
        settings: settingsOf(webhook),
        disabled: webhook.disabled === true,
      }))
    },
    async subscribe(destination, settings) {
      const { json } = await post(destination, settings)
      const webhook = subscribed(json)
      // Not documented: posting a known destination may add to its settings, and may leave it disabled.
      const isAsAsked = webhook === null || (webhook.disabled !== true && isSameSet(settingsOf(webhook), settings))
      if (isAsAsked) return
      await unsubscribe(destination)
      await post(destination, settings)
    },
    unsubscribe,
  }
}

/** The subscription in an answer to POST, bare or in a list; null when the answer does not show it. */
function subscribed(json: unknown): Json | null {
  const webhook = embedded(json, 'webhooks')[0] ?? asObject(json)
  return Array.isArray(webhook.settings) ? webhook : null
}

function settingsOf(webhook: Json): string[] {
  return Array.isArray(webhook.settings) ? webhook.settings.map(asText) : []
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const names = new Set(a)
  return names.size === new Set(b).size && b.every((name) => names.has(name))
}
