import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/use-format.ts'
import type { Service } from './setup-types.ts'

const MEGABYTE = 1024 * 1024

/** The settings of the service that matter day by day. */
export const ServiceFacts = ({ service }: { readonly service: Service }) => {
  const { t } = useTranslation('setup')
  const format = useFormat()
  const { publicUrl, redirectUri, disconnectUri, access, redis, journal, removedAccountDays, requestsPerSecond } =
    service
  const used =
    redis.usedBytes === null
      ? ''
      : t('service.used', { megabytes: format.number(Math.round(redis.usedBytes / MEGABYTE)) })
  return (
    <dl className="facts">
      <Fact name={t('service.publicUrl')}>
        <Address url={publicUrl} />
      </Fact>
      <Fact name={t('service.redirect')}>
        <Address url={redirectUri} />
      </Fact>
      <Fact name={t('service.disconnect')}>
        <Address url={disconnectUri} />
      </Fact>
      <Fact name={t('access.kind')}>{access === 'none' ? t('service.noAccess') : t(`access.kinds.${access}`)}</Fact>
      <Fact name={t('service.redis')}>
        {[redis.version ?? '', used].filter((part) => part !== '').join(' · ') || '—'}
      </Fact>
      <Fact name={t('service.rate')}>{t('service.rateText', { count: requestsPerSecond })}</Fact>
      <Fact name={t('service.journal')}>
        {t('service.journalText', { count: journal.days, entries: format.number(journal.entries) })}
      </Fact>
      <Fact name={t('service.grace')}>{t('service.days', { count: removedAccountDays })}</Fact>
    </dl>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Address = ({ url }: { readonly url: string | null }) => {
  const { t } = useTranslation('setup')
  return url === null ? <span className="status-paused">{t('service.notSet')}</span> : <code>{url}</code>
}
