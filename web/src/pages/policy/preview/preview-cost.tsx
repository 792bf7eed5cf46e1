import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import { Card } from '../../../ui/card.tsx'
import { Stat } from '../../../ui/stat.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { Preview } from '../policy-types.ts'

/** What applying costs in amoCRM: clients, writes, tasks, requests, minutes. */
export const PreviewCost = ({ preview: { clients, unread, cost, needsReading } }: { readonly preview: Preview }) => {
  const { t } = useTranslation('policy')
  const { number, duration } = useFormat()
  const { users } = useAccount().structure
  const tasks = Object.entries(cost.tasksByUser).sort(([, one], [, other]) => other - one)
  const rest = [
    ['tags', `+${number(cost.tagsAdded)} / −${number(cost.tagsRemoved)}`, cost.tagsAdded + cost.tagsRemoved],
    ['fields', number(cost.fields), cost.fields],
    ['moves', number(cost.moves), cost.moves],
    ['cards', number(cost.cards), cost.cards],
    ['tasks', number(cost.tasks), cost.tasks],
    ['otherActions', number(cost.otherActions), cost.otherActions],
  ] as const
  return (
    <Card title={t('cost.title')} hint={t('cost.text', { count: clients, clients: number(clients) })}>
      {needsReading && <p className="note note-warn">{t('cost.needsReading')}</p>}
      {unread > 0 && <p className="note note-warn">{t('cost.unread', { count: unread })}</p>}
      <dl className="stats">
        <Stat label={t('cost.clients')} value={number(cost.clients)} hint={t('cost.writes', { count: cost.writes })} />
        {rest.map(([name, value, count]) =>
          count === 0 ? null : <Stat key={name} label={t(`cost.${name}`)} value={value} />,
        )}
        <Stat
          label={t('cost.minutes')}
          value={cost.requests === 0 ? '—' : duration(Math.max(1, Math.round(cost.minutes * 60)))}
          hint={t('cost.requests', { count: cost.requests })}
        />
      </dl>
      {tasks.length > 0 && (
        <section aria-label={t('cost.tasksByUser')}>
          <h3>{t('cost.tasksByUser')}</h3>
          <ul className="by-user">
            {tasks.map(([id, count]) => (
              <li key={id}>
                <span>{users.find((user) => user.id === Number(id))?.name ?? t('cost.nobody')}</span>
                <span className="figure">{number(count)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Card>
  )
}
