import { useTranslation } from 'react-i18next'
import type { SyncHealth } from '../../api/types.ts'
import { Card } from '../../ui/card.tsx'
import { Stat, type Tone } from '../../ui/stat.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { When } from '../../ui/when.tsx'
import { QueueBars } from './queue-bars.tsx'

/** Within a minute of its second is in time; more than ten is a fault. */
const LATE_S = 60
const VERY_LATE_S = 600

/** A sweep is made every three minutes; this long without one is a fault, ms. */
const SWEEP_MS = 15 * 60_000

/** How the work keeps up: lateness, queue, webhooks, sweeps, requests. */
export const HealthCard = ({ health }: { readonly health: SyncHealth }) => {
  const { t } = useTranslation('setup')
  const format = useFormat()
  const { due, lastHookAt, sweptUntil, limiter, repairs, intents, queue } = health
  const isSwept = sweptUntil !== null && Date.now() - Date.parse(sweptUntil) < SWEEP_MS
  const failed = queue.failed ?? 0
  return (
    <Card title={t('health.title')} hint={t('health.hint')}>
      <dl className="stats">
        <Stat
          label={t('health.lag')}
          value={due.lagSeconds < 1 ? t('health.noLag') : format.duration(due.lagSeconds)}
          hint={t('health.due', { count: due.clients })}
          tone={due.lagSeconds > VERY_LATE_S ? 'bad' : due.lagSeconds > LATE_S ? 'warn' : 'good'}
        />
        <Stat label={t('health.lastHook')} value={<When at={lastHookAt} as="relative" />} />
        <Stat
          label={t('health.swept')}
          value={<When at={sweptUntil} as="relative" />}
          hint={t('health.sweptHint')}
          tone={isSwept || health.account.status !== 'active' ? 'plain' : 'warn'}
        />
        <Stat
          label={t('health.rate')}
          value={t('health.ofRate', { used: limiter.used, most: format.number(limiter.perSecond) })}
          hint={t(limiter.isClosed ? 'health.closed' : limiter.restsMs > 0 ? 'health.rests' : 'health.rateHint')}
          tone={toneOfLimiter(limiter)}
        />
        <Stat label={t('health.repairs')} value={format.number(repairs)} hint={t('health.repairsHint')} />
        <Stat label={t('health.intents')} value={format.number(intents)} hint={t('health.intentsHint')} />
      </dl>
      <h3>{t('queue.title')}</h3>
      <QueueBars queue={queue} />
      {failed > 0 && <p className="muted">{t('queue.failedText')}</p>}
    </Card>
  )
}

const toneOfLimiter = ({ isClosed, restsMs }: SyncHealth['limiter']): Tone =>
  isClosed ? 'bad' : restsMs > 0 ? 'warn' : 'plain'
