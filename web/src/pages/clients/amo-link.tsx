import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import type { Listed } from './clients-types.ts'

interface AmoLinkProps {
  readonly client: Listed['client']
  /** An arrow in place of the words. */
  readonly isShort?: boolean
}

const PLACES = { contact: 'contacts', company: 'companies', deal: 'leads' } as const

/** The address of a card in amoCRM. */
export const amoAddress = (host: string, kind: keyof typeof PLACES, id: number): string =>
  `https://${host}/${PLACES[kind]}/detail/${id}`

/** Opens the client's card in amoCRM, beside this page. */
export const AmoLink = ({ client, isShort = false }: AmoLinkProps) => {
  const { t } = useTranslation('clients')
  const { host } = useAccount().account
  const text = t('openInAmo')
  return (
    <a
      href={amoAddress(host, client.kind, client.id)}
      target="_blank"
      rel="noreferrer"
      {...(isShort ? { title: text } : {})}
    >
      {isShort ? (
        <>
          <span aria-hidden="true">↗</span>
          <span className="sr-only">{text}</span>
        </>
      ) : (
        `${text} ↗`
      )}
    </a>
  )
}
