import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAccount } from '../../../api/account.ts'

interface ClientLinksProps {
  readonly clients: readonly { readonly kind: 'contact' | 'company'; readonly id: number }[]
}

/** Clients by their numbers; each opens with all that explains him. */
export const ClientLinks = ({ clients }: ClientLinksProps) => {
  const { t } = useTranslation('policy')
  const { account } = useAccount()
  return (
    <ul className="client-links">
      {clients.map(({ kind, id }) => (
        <li key={`${kind}${id}`}>
          <Link href={`/accounts/${account.id}/clients/${kind}/${id}`}>{t(`preview.${kind}`, { id })}</Link>
        </li>
      ))}
    </ul>
  )
}
