import type { HookBody, Touch } from '../amocrm/hook-touch.ts'
import type { Cause } from '../sync/cause.ts'
import type { PipelineOrder } from '../sync/pipeline-order.ts'

/** Takes what webhooks say into the work of an account. */
export interface Intake {
  /** One round trip to Redis; rejects when Redis does not take it, never keeps it in memory. */
  accept(accountId: number, touches: readonly Touch[], cause?: Cause): Promise<void>
}

/** Takes what an account's Digital Pipeline orders. */
export interface PipelineOrders {
  /** One round trip to Redis; rejects when Redis does not take it, never keeps it in memory. */
  take(accountId: number, order: PipelineOrder, cause?: Cause): Promise<void>
}

/** How an account's installation ended, and when its data does. */
export interface RemovalSummary {
  /** Whether it was switched off in amoCRM. */
  readonly isByAmocrm: boolean
  readonly eraseAt: number
  /** Whether what is ours can still be taken away from the cards. */
  readonly canCleanUp: boolean
  /** Whether a clean-up was asked for. */
  readonly isCleanedUp: boolean
}

/** An installed account, as the start page shows it. */
export interface AccountSummary {
  readonly id: number
  readonly host: string
  readonly status: 'active' | 'paused' | 'disconnected'
  /** What keeps it from working, in a sentence; null: nothing. */
  readonly problem: string | null
  /** Of a disconnected account; instants in milliseconds. */
  readonly removal: RemovalSummary | null
  /** Number of clients known; null: not counted yet. */
  readonly clients: number | null
  /** Share of the first reading of the base, 0 to 1; null: done, or not begun. */
  readonly backfill: number | null
}

export interface AccountDirectory {
  /** The account a webhook secret belongs to; null: nobody's. */
  bySecret(secret: string): Promise<number | null>
  list(): Promise<readonly AccountSummary[]>
}

/** What amoCRM sends when somebody installs the integration. */
export interface InstallRequest {
  /** Lives 20 minutes and works once (amoCRM, OAuth). */
  readonly code: string
  /** The account's host, checked against the allow-list. */
  readonly host: string
  readonly fromWidget: boolean
}

export interface Installer {
  /** The `state` parameters of installations that begin in a browser, which is known by a secret of its own. */
  readonly states: {
    issue(browser: string): Promise<string>
    /** Uses a state up; false: unknown, used, too old, or of another browser. */
    use(state: string, browser: string): Promise<boolean>
  }
  /**
   * Only queues the installation: amoCRM waits 3 seconds for the answer and does not send it again. `repeated`: its code
   * was shown before, so there is nothing to do.
   */
  request(install: InstallRequest): Promise<'queued' | 'repeated'>
  /** Somebody switched the integration off in this account. */
  disconnect(accountId: number): Promise<void>
}

export type ParseHook = (raw: Buffer, contentType: string | undefined) => HookBody

/** What the rest of the product does for the HTTP room once it is set up. */
export interface Backend {
  readonly intake: Intake
  readonly pipeline: PipelineOrders
  readonly directory: AccountDirectory
  /** Null: no credentials for OAuth. */
  readonly installer: Installer | null
}
