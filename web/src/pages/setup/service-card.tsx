import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../api/api-error.ts'
import { requestJson } from '../../api/request.ts'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from './note.tsx'
import { ServiceFacts } from './service-facts.tsx'
import type { Service } from './setup-types.ts'

/** Pages of the service for its operator; they ask for the same token. */
const LINKS = [
  ['queues', '/ops/queues'],
  ['metrics', '/metrics'],
  ['api', '/docs'],
  ['ready', '/health/ready'],
  ['start', '/'],
] as const

/** How the service itself is set up, what is missing, and where to look further. */
export const ServiceCard = () => {
  const { t } = useTranslation('setup')
  const service = useQuery<Service, ApiError>({
    queryKey: ['service'],
    queryFn: ({ signal }) => requestJson('GET', '/service', { signal }),
  })
  return (
    <Card title={t('service.title')} hint={t('service.hint')}>
      <Loaded query={service}>
        {(found) => (
          <>
            <Missing service={found} />
            <ServiceFacts service={found} />
          </>
        )}
      </Loaded>
      <nav className="service-links" aria-label={t('links.label')}>
        {LINKS.map(([name, href]) => (
          <a key={name} href={href} target="_blank" rel="noreferrer" className="service-link">
            <strong>{t(`links.${name}`)}</strong>
            <span className="muted">{t(`links.${name}Text`)}</span>
          </a>
        ))}
      </nav>
    </Card>
  )
}

const Missing = ({ service }: { readonly service: Service }) => {
  const { t } = useTranslation('setup')
  const { lang } = useApi()
  const { missing, redis, trialOrigin, encryptionKeys } = service
  const isEvicting = redis.evictionPolicy !== null && redis.evictionPolicy !== 'noeviction'
  if (missing.length === 0 && !isEvicting && redis.isAppendOnly !== false && trialOrigin === null)
    return (
      <Note tone="good" title={t('service.whole')}>
        {t('service.wholeText')}
      </Note>
    )
  return (
    <>
      {missing.map(({ name, advice }) => (
        <Note key={name} tone="bad" title={t('service.missing', { name })}>
          {advice[lang]}
        </Note>
      ))}
      {isEvicting && (
        <Note tone="bad" title={t('service.evicting', { policy: redis.evictionPolicy })}>
          {t('service.evictingText')}
        </Note>
      )}
      {redis.isAppendOnly === false && (
        <Note tone="warn" title={t('service.forgetful')}>
          {t('service.forgetfulText')}
        </Note>
      )}
      {encryptionKeys > 1 && (
        <Note tone="warn" title={t('service.rotating')}>
          {t('service.rotatingText')}
        </Note>
      )}
      {trialOrigin !== null && (
        <Note tone="warn" title={t('service.trial')}>
          {t('service.trialText', { origin: trialOrigin })}
        </Note>
      )}
    </>
  )
}
