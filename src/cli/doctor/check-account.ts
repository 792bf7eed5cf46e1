import type { Config } from '../../config.ts'
import type { AccountRecord } from '../../store/account-record.ts'
import { type ByHand, readPause } from '../../sync/pause-account.ts'
import type { Installation } from '../open-installation.ts'
import { checkAccess } from './check-access.ts'
import { checkAmocrm } from './check-amocrm.ts'
import { checkBase } from './check-base.ts'
import { type Finding, fail, ok, said, warn } from './finding.ts'

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
  const pause = await readPause(context.notes)
  const state = stateOf(record, who, pause)
  // Of an account whose work rests nobody expects that it keeps up.
  const base = await checkBase(context, installation, { rests: problem !== null || pause !== null })
  return of([state, access, ...calls, ...base])
}

const stateOf = ({ problem }: AccountRecord, who: string, pause: ByHand | null): Finding => {
  if (problem !== null)
    return fail(
      'account',
      said(`${who}: ${problem.message}`, `${who}: ${problem.message}`),
      said(
        'работа ждёт и продолжится сама, когда причина уйдёт',
        'its work waits, and goes on by itself when the reason is gone',
      ),
    )
  if (pause === null) return ok('account', said(`${who}: работает`, `${who}: works`))
  return warn(
    'account',
    said(
      `${who}: работа остановлена вручную (${pause.author})`,
      `${who}: its work was stopped by hand (${pause.author})`,
    ),
    said(
      'когда можно, продолжите её: страница «Состояние» или POST /api/v1/accounts/{accountId}/resume',
      'when it may, let it go on: the page "Setup" or POST /api/v1/accounts/{accountId}/resume',
    ),
  )
}
