import { isDeepStrictEqual } from 'node:util'
import type { AmoAccount } from '../amocrm/entities.ts'
import { hostNamed } from '../amocrm/host-named.ts'
import type { PipelineFacts } from '../segmentation/facts.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { readStructure } from './account-structure.ts'
import { forgetCheckpoint } from './backfill-state.ts'
import { backfillJob } from './job-catalog.ts'

/**
 * Reads pipelines, loss reasons, fields and users again: amoCRM has no webhook for their changes. When a stage came,
 * went or changed its place, answers about all clients may differ, so the base is decided anew.
 */
export async function refreshStructure(
  context: AccountContext,
  accounts: AccountStore,
  queues: AccountQueues,
): Promise<void> {
  const { api, log } = context
  const account = await api.account()
  await noteIdentity(context, accounts, account)
  const before = await accounts.structure(context.id)
  const now = await readStructure({ api, account, known: before, log })
  if (isDeepStrictEqual(before, now)) return
  await accounts.writeStructure(context.id, now)
  const isMoved = !isDeepStrictEqual(before?.pipelines.map(withoutNames), now.pipelines.map(withoutNames))
  if (!isMoved) return
  await forgetCheckpoint(context.notes)
  await queues.add(context.id, [backfillJob(`structure-${context.clock()}`)])
}

/** Accounts are renamed, and their host with them; their id stays. */
async function noteIdentity(
  { id, record, log }: AccountContext,
  accounts: AccountStore,
  { id: told, name, subdomain }: AmoAccount,
): Promise<void> {
  if (told !== id) return
  const host = hostNamed(subdomain, record.host)
  if (host === record.host && name === record.name && subdomain === record.subdomain) return
  await accounts.patch(id, { host, name, subdomain })
  if (host !== record.host) log.info({ from: record.host, to: host }, 'the account was renamed')
}

function withoutNames(pipeline: PipelineFacts): unknown {
  return [pipeline.id, pipeline.statuses.map(({ id, sort, type }) => [id, sort, type])]
}
