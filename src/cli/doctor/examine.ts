import { ClosingStack } from '../../closing-stack.ts'
import type { Config } from '../../config.ts'
import { CommandFailure } from '../command-failure.ts'
import { type Installation, openInstallation } from '../open-installation.ts'
import { checkAccount } from './check-account.ts'
import { checkPublicUrl } from './check-public-url.ts'
import { checkRedis } from './check-redis.ts'
import { checkSettings } from './check-settings.ts'
import { type Finding, fail, ok, said } from './finding.ts'

const CLOSING_LIMIT_MS = 5_000

export interface ExamineOptions {
  /** Ask neither amoCRM nor the public address. */
  readonly offline: boolean
  readonly keyRoot?: string | undefined
}

/** Looks at everything the service needs, from the outside in. Changes nothing, except that a token may be renewed. */
export const examine = async (config: Config, options: ExamineOptions): Promise<Finding[]> => {
  const found = [...checkSettings(config), ...(options.offline ? [] : await checkPublicUrl(config))]
  // Without a key nothing that is kept can be read.
  if (config.encryptionKeys.length === 0) return found
  const closing = new ClosingStack()
  try {
    const installation = await openInstallation(config, options.keyRoot, closing)
    return [...found, ...(await checkRedis(installation.redis)), ...(await accounts(config, installation, options))]
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    return [...found, noRedis]
  } finally {
    await closing.close(CLOSING_LIMIT_MS)
  }
}

const noRedis: Finding = fail(
  'redis',
  said('Redis не отвечает', 'Redis does not answer'),
  said('проверьте REDIS_URL и запущен ли Redis', 'see whether REDIS_URL is right and Redis runs'),
)

const accounts = async (config: Config, installation: Installation, options: ExamineOptions): Promise<Finding[]> => {
  const records = await installation.stores.accounts.list()
  if (records.length === 0)
    return [ok('accounts', said('Аккаунтов пока нет: подключите первый', 'There is no account yet: connect the first'))]
  const found: Finding[] = []
  for (const record of records) found.push(...(await checkAccount(record, config, installation, options)))
  return found
}
