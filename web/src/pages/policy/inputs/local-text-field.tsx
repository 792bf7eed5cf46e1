import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import type { LocalText } from '../policy-types.ts'
import { Faulted } from './faulted.tsx'

interface LocalTextFieldProps {
  readonly path: string
  readonly label: string
  readonly hint?: string
  readonly value: LocalText | undefined
  readonly onChange: (value: LocalText) => void
}

/** A name for people: one text for every language, or one for each. */
export const LocalTextField = ({ path, label, hint, value = '', onChange }: LocalTextFieldProps) => {
  const { t } = useTranslation('policy')
  if (typeof value === 'string') {
    return (
      <div className="local-text">
        <Faulted path={path} label={label} hint={hint} within>
          {(aria) => <input {...aria} type="text" value={value} onChange={(event) => onChange(event.target.value)} />}
        </Faulted>
        <Button kind="link" onClick={() => onChange({ ru: value, en: value })}>
          {t('input.twoLanguages')}
        </Button>
      </div>
    )
  }
  return (
    <div className="local-text">
      {(['ru', 'en'] as const).map((language) => (
        <Faulted key={language} path={`${path}.${language}`} label={`${label} (${t(`language.${language}`)})`}>
          {(aria) => (
            <input
              {...aria}
              type="text"
              lang={language}
              value={value[language]}
              onChange={(event) => onChange({ ...value, [language]: event.target.value })}
            />
          )}
        </Faulted>
      ))}
      <Button kind="link" onClick={() => onChange(value.ru)}>
        {t('input.oneLanguage')}
      </Button>
    </div>
  )
}
