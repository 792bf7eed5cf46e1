import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { Verdict } from './clients-types.ts'

/** What changes by itself next, and when. */
export const NextChangeCard = ({ verdict: { nextChange } }: { readonly verdict: Verdict }) => {
  const { t } = useTranslation('clients')
  const { lang } = useApi()
  const format = useFormat()
  return (
    <Card title={t('next.title')}>
      {nextChange === null ? (
        <p className="muted">{t('next.never')}</p>
      ) : (
        <>
          <p className="next-when">
            <strong>{format.relative(nextChange.at)}</strong>
            <span className="muted">{format.moment(nextChange.at)}</span>
          </p>
          <ul className="plain-list">
            {nextChange.text.map((text) => (
              <li key={text.en}>{text[lang]}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
