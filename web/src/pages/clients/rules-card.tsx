import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import type { Verdict } from './clients-types.ts'

/** The rules that hold for the client or for a deal of his, and why. */
export const RulesCard = ({ rules }: Pick<Verdict, 'rules'>) => {
  const { t } = useTranslation('clients')
  const { lang } = useApi()
  return (
    <Card title={t('rules.title')}>
      <ul className="plain-list">
        {rules.map(({ ruleId, dealId, reason }) => (
          <li key={`${ruleId}${dealId}`}>{reason[lang]}</li>
        ))}
      </ul>
    </Card>
  )
}
