import { AccountNotes } from '../../src/store/account-notes.ts'
import type { BackfillState } from '../../src/sync/backfill-state.ts'
import type { Stage } from './open-stage.ts'
import { watchBackfill } from './watch-backfill.ts'

/** A base of 100,000 cards may take so long at the platform's limit. */
const BACKFILL_LIMIT_MS = 600_000
const KILL_AT_SHARE = 0.4

/** Installs the service as an account's admin does, and shows the backfill until it is done. */
export async function installService(stage: Stage, options: { readonly kill: boolean }): Promise<BackfillState> {
  const { sandbox, redis, service } = stage
  const { account, leads, contacts } = sandbox.world
  await service.start()
  const outcome = await sandbox.install()
  if (outcome.status !== 200) throw new Error(`The service answered the installation with ${outcome.status}.`)
  const power = async (): Promise<void> => {
    await service.kill()
    await service.start()
  }
  return watchBackfill({
    notes: new AccountNotes(redis.redis, redis.keys, account.id),
    total: leads.size + contacts.size,
    limitMs: BACKFILL_LIMIT_MS,
    at: options.kill ? { share: KILL_AT_SHARE, act: power } : undefined,
  })
}
