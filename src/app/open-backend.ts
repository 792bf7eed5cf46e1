import type { Backend, Installer } from '../http/ports.ts'
import { AccountNotes } from '../store/account-notes.ts'
import { InstallStates } from '../store/install-states.ts'
import type { RedisClient } from '../store/redis-client.ts'
import { SecretBox } from '../store/secret-box.ts'
import { AccountDirectory } from '../sync/account-directory.ts'
import { AccountQueues } from '../sync/account-queues.ts'
import { type DisconnectParts, disconnectAccount } from '../sync/disconnect-account.ts'
import { InstallQueue } from '../sync/install.ts'
import { Intake } from '../sync/intake.ts'
import { NotingIntake } from '../sync/noting-intake.ts'
import { PipelineOrders } from '../sync/pipeline-order.ts'
import { type AppContext, canWork } from './app-context.ts'
import { openStores } from './open-stores.ts'

/** What the HTTP room needs of the rest. Null while settings without which nothing can be received are missing. */
export const openBackend = (app: AppContext, redis: RedisClient): Backend | null => {
  const { config, keys, log, closing, clock, tracing } = app
  if (!canWork(config)) return null
  const box = new SecretBox(config.encryptionKeys)
  const { accounts, mirror, vault } = openStores(redis, keys, box, config.journal)
  const queues = new AccountQueues(redis, keys, log, tracing?.telemetry)
  closing.push('queues of the web part', () => queues.close())
  const intake = new Intake(queues, tracing?.carrier)
  return {
    intake: new NotingIntake(intake, (accountId) => new AccountNotes(redis, keys, accountId), clock),
    pipeline: new PipelineOrders(queues),
    directory: new AccountDirectory(redis, keys, accounts, mirror),
    installer: config.amocrm.integration === null ? null : openInstaller(app, box, { redis, accounts, vault, queues }),
  }
}

const openInstaller = (
  { config, keys, log, closing, clock }: AppContext,
  box: SecretBox,
  own: Pick<DisconnectParts, 'redis' | 'accounts' | 'vault' | 'queues'>,
): Installer => {
  const installs = new InstallQueue(own.redis, keys, box, log)
  closing.push('install queue', () => installs.close())
  const { removedAccountDays } = config
  return {
    states: new InstallStates(own.redis, keys),
    request: (install) => installs.request(install),
    disconnect: (accountId) => disconnectAccount({ ...own, keys, removedAccountDays, log, clock }, accountId),
  }
}
