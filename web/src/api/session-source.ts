import { EmbeddedSession } from './embedded-session.ts'
import { OpsSession } from './ops-session.ts'
import type { SessionSource } from './session.ts'

/** Whether this page stands in a frame, as it does in amoCRM's settings. */
export const isEmbedded = window.parent !== window

/** The operator's own source; null inside amoCRM. */
export const opsSession: OpsSession | null = isEmbedded ? null : new OpsSession()

/** The one source of sessions of this page. */
export const sessionSource: SessionSource = opsSession ?? new EmbeddedSession(window.parent)
