import { isAllowedHost } from '../../amocrm/allowed-host.ts'
import { AmoError } from '../../amocrm/amo-error.ts'
import type { Config } from '../../config.ts'
import type { AccountContext } from '../../sync/account-context.ts'
import { HOOK_SETTINGS, hookDestination } from '../../sync/hook-subscription.ts'
import type { Installation } from '../open-installation.ts'
import { type Finding, fail, ok, said, warn } from './finding.ts'

const ANSWER_LIMIT_MS = 10_000
/** Sweeps read a minute twice; disposable tokens are taken within some seconds. */
const CLOCKS_APART_S = 30

/** What amoCRM says: that it serves us, sends us its webhooks, and has the same time. */
export const checkAmocrm = async (
  context: AccountContext,
  config: Config,
  { stores }: Installation,
): Promise<Finding[]> => {
  const skew = await clock(context, config)
  try {
    await context.api.account()
  } catch (error) {
    if (!(error instanceof AmoError)) throw error
    const text = said(`amoCRM отказывает: ${error.message}`, `amoCRM refuses: ${error.message}`)
    return [fail('amocrm', text, adviceOn(error)), ...skew]
  }
  const served = ok('amocrm', said('amoCRM отвечает с токеном аккаунта', 'amoCRM answers to the account’s token'))
  const { publicUrl } = config
  if (publicUrl === null) return [served, ...skew]
  return [served, await subscription(context, await hookDestination(stores.accounts, publicUrl, context.id)), ...skew]
}

const adviceOn = ({ code }: AmoError) =>
  code === 'unauthorized'
    ? said('подключите аккаунт заново под администратором', 'connect the account anew as an administrator')
    : code === 'payment_required'
      ? said('аккаунт не оплачен: оплатите его в amoCRM', 'the account is not paid for: pay in amoCRM')
      : said(
          'подождите и повторите; если не проходит, напишите в поддержку amoCRM',
          'wait and try again; if it stays so, ask amoCRM’s support',
        )

const subscription = async ({ api, record }: AccountContext, destination: string): Promise<Finding> => {
  const again = said(
    'worker подпишется заново в течение 12 минут; если нет, проверьте права того, кто подключал',
    'a worker subscribes again within 12 minutes; if not, look at the rights of whoever connected the account',
  )
  try {
    const standing = (await api.webhooks()).find((webhook) => webhook.destination === destination)
    if (standing === undefined)
      return fail('webhooks', said('amoCRM не знает нашего хука', 'amoCRM does not know our webhook'), again)
    if (standing.disabled)
      return fail('webhooks', said('amoCRM отключила наш хук', 'amoCRM switched our webhook off'), again)
    if (!HOOK_SETTINGS.every((name) => standing.settings.includes(name)))
      return warn('webhooks', said('Хук подписан не на всё', 'The webhook does not tell of everything'), again)
    return ok('webhooks', said('Подписка на хуки на месте', 'The subscription of webhooks stands'))
  } catch (error) {
    if (!(error instanceof AmoError)) throw error
    const text = said(`Подписки не видно: ${error.message}`, `The subscription cannot be seen: ${error.message}`)
    return record.hooks === 'unavailable'
      ? warn(
          'webhooks',
          text,
          said(
            'без хуков сегменты обновляет обход раз в 3 минуты',
            'without webhooks a sweep every 3 minutes keeps the segments',
          ),
        )
      : fail('webhooks', text, again)
  }
}

/** By the answer to a request without any token: the time is in every header. */
const clock = async ({ record: { host } }: AccountContext, { amocrm }: Config): Promise<Finding[]> => {
  if (amocrm.apiOrigin === null && !isAllowedHost(host, amocrm.allowedHosts)) return []
  const answer = await fetch(`${amocrm.apiOrigin ?? `https://${host}`}/api/v4/account`, {
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    redirect: 'manual',
  }).catch(() => null)
  const theirs = Date.parse(answer?.headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return []
  const apart = Math.round(Math.abs(Date.now() - theirs) / 1000)
  const text = said(`Часы amoCRM расходятся с нашими на ${apart} с`, `The clock of amoCRM is ${apart} s from ours`)
  return [
    apart <= CLOCKS_APART_S
      ? ok('clock', text)
      : fail('clock', text, said('настройте NTP на этой машине', 'run NTP on this machine')),
  ]
}
