import { useTranslation } from 'react-i18next'
import type { SyncHealth } from '../../api/types.ts'
import { useGet } from '../../api/use-get.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Stat, type Tone } from '../../ui/stat.tsx'
import { useFormat } from '../../ui/use-format.ts'

const EVERY_MS = 15_000

/** A client is decided within a minute of his second; later is worth a look, s. */
const LATE_S = 60
const VERY_LATE_S = 600

/** How well the segments keep up with the account, in one line. */
export const HealthStrip = () => {
  const health = useGet<SyncHealth>('/sync', {}, { every: EVERY_MS })
  return (
    <Loaded query={health} skeleton={<HealthSkeleton />}>
      {(known) => <Strip health={known} />}
    </Loaded>
  )
}

const HealthSkeleton = () => (
  <div className="card health" aria-busy="true">
    <Skeleton lines={2} />
  </div>
)

const Strip = ({ health }: { readonly health: SyncHealth }) => {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { due, queue, lastHookAt, limiter, account } = health
  const backlog = waiting(queue)
  const isRest = limiter.isClosed || limiter.restsMs > 0
  return (
    <section className="card health" aria-label={t('health.title')}>
      <dl className="stats">
        <Stat
          label={t('health.state')}
          value={t(`health.status.${account.status}`)}
          tone={account.status === 'active' ? 'good' : 'bad'}
          hint={
            account.problem?.message ?? (account.hooks === 'subscribed' ? null : t(`health.hooks.${account.hooks}`))
          }
        />
        <Stat
          label={t('health.lag')}
          value={due.lagSeconds === 0 ? t('health.noLag') : format.duration(due.lagSeconds)}
          tone={lagTone(due.lagSeconds)}
          hint={t('health.due', { count: due.clients })}
        />
        <Stat
          label={t('health.hook')}
          value={lastHookAt === null ? t('health.noHook') : format.relative(lastHookAt)}
          hint={lastHookAt === null ? null : format.moment(lastHookAt)}
        />
        <Stat
          label={t('health.rate')}
          value={t('health.perSecond', { used: limiter.used, most: format.number(limiter.perSecond) })}
          tone={isRest ? 'warn' : 'plain'}
          hint={isRest ? t(limiter.isClosed ? 'health.closed' : 'health.rests') : t('health.rateHint')}
        />
        <Stat
          label={t('health.backlog')}
          value={format.number(backlog)}
          hint={queue.failed ? t('health.failed', { count: queue.failed }) : t('health.backlogHint')}
          tone={queue.failed ? 'warn' : 'plain'}
        />
      </dl>
    </section>
  )
}

const lagTone = (seconds: number): Tone => (seconds >= VERY_LATE_S ? 'bad' : seconds >= LATE_S ? 'warn' : 'good')

/** What is put off, such as the next sweep, waits for nobody. */
const waiting = (queue: SyncHealth['queue']): number =>
  ['active', 'waiting', 'prioritized'].reduce((sum, state) => sum + (queue[state] ?? 0), 0)
