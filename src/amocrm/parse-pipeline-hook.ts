import { hookPairs } from './hook-pairs.ts'
import { entityId } from './hook-touches.ts'
import { parseHook } from './parse-hook.ts'

/** The call of our own action in the Digital Pipeline. */
export interface PipelineHook {
  /** As the body names it; null: it names none. */
  readonly accountId: string | null
  /** Null: it is about something else, e.g. a customer (amoCRM, Digital Pipeline: `element_type` 12). */
  readonly dealId: number | null
  /** Whether what set it off is itself a client's message or call. */
  readonly incoming: boolean
  /** When what set it off happened, seconds; null: not told. */
  readonly at: number | null
  /** Of the action, as they were saved in the pipeline. */
  readonly settings: ReadonlyMap<string, string>
}

const SETTINGS = ['action', 'settings', 'widget', 'settings'] as const

/**
 * Reads the body that amoCRM posts to the `webhook_url` of a widget's manifest: `event`, `action.settings.widget.settings`,
 * `account_id`. JSON in the documents, a form from other hooks: both are read. No bytes make it throw.
 */
export const parsePipelineHook = (rawBody: Buffer | string, contentType?: string): PipelineHook => {
  const { accountIds, touches } = parseHook(rawBody, contentType)
  const settings = new Map<string, string>()
  let at: number | null = null
  for (const { path, value } of hookPairs(rawBody, contentType)) {
    if (path.length === 2 && path[0] === 'event' && path[1] === 'time') at = entityId(value)
    if (path.length === 5 && SETTINGS.every((part, index) => path[index] === part)) settings.set(path[4] ?? '', value)
  }
  const deal = touches.find(({ entity }) => entity === 'lead')
  return {
    accountId: accountIds[0] ?? null,
    dealId: deal?.id ?? null,
    incoming: deal?.incoming ?? false,
    at,
    settings,
  }
}
