import { useTranslation } from 'react-i18next'
import type { SyncHealth } from '../../api/types.ts'
import { useFormat } from '../../ui/use-format.ts'

const STATES = ['active', 'waiting', 'prioritized', 'delayed', 'failed'] as const

/** Jobs of the account's queue by state. */
export const QueueBars = ({ queue }: { readonly queue: SyncHealth['queue'] }) => {
  const { t } = useTranslation('setup')
  const format = useFormat()
  return (
    <dl className="queue">
      {STATES.map((state) => {
        const count = queue[state] ?? 0
        return (
          <div key={state} className={`queue-state ${count === 0 ? 'queue-none' : `queue-${state}`}`}>
            <dt>{t(`queue.${state}`)}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        )
      })}
    </dl>
  )
}
