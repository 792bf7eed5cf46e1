import type { Config } from '../../config.ts'
import type { AccountRecord } from '../../store/account-record.ts'
import type { Installation } from '../open-installation.ts'
import { checkAccess } from './check-access.ts'
import { checkAmocrm } from './check-amocrm.ts'
import { checkBase } from './check-base.ts'
import { type Finding, fail, ok, said } from './finding.ts'

/** Everything about one account; of one that was removed, only that it was. */
export const checkAccount = async (
  record: AccountRecord,
  config: Config,
  installation: Installation,
  { offline }: { readonly offline: boolean },
): Promise<Finding[]> => {
  const { id, name, host, status, problem } = record
  const who = `${name} (${host})`
  const of = (found: readonly Finding[]): Finding[] => found.map((finding) => ({ ...finding, account: id }))
  if (status === 'disconnected')
    return of([ok('account', said(`${who}: интеграция отключена`, `${who}: the integration was removed`))])
  const access = await checkAccess(id, installation)
  const context = await installation.contexts.get(id)
  if (context === null) {
    const advice = said('подключите аккаунт заново', 'connect the account anew')
    return of([
      fail('account', said(`${who}: установка не закончена`, `${who}: the installation did not end`), advice),
      access,
    ])
  }
  const calls = offline || access.level === 'fail' ? [] : await checkAmocrm(context, config, installation)
  const text =
    problem === null
      ? said(`${who}: работает`, `${who}: works`)
      : said(`${who}: ${problem.message}`, `${who}: ${problem.message}`)
  const advice = said(
    'работа ждёт и продолжится сама, когда причина уйдёт',
    'its work waits, and goes on by itself when the reason is gone',
  )
  const state = problem === null ? ok('account', text) : fail('account', text, advice)
  return of([state, access, ...calls, ...(await checkBase(context, installation))])
}
