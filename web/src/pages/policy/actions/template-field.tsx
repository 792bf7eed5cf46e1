import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { PLACEHOLDERS } from '../../../../../src/segmentation/policy/template.ts'
import { Faulted } from '../inputs/faulted.tsx'

interface TemplateFieldProps {
  /** Place of the action. */
  readonly path: string
  readonly text: string
  readonly onChange: (text: string) => void
}

/** A text whose names in braces are filled in; a press on a name puts it where the cursor stands. */
export const TemplateField = ({ path, text, onChange }: TemplateFieldProps) => {
  const { t } = useTranslation('policy')
  const area = useRef<HTMLTextAreaElement>(null)
  const insert = (name: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = area.current ?? {}
    onChange(`${text.slice(0, selectionStart)}{${name}}${text.slice(selectionEnd)}`)
    area.current?.focus()
  }
  return (
    <div className="template">
      <Faulted path={`${path}.text`} label={t('action.text')}>
        {(aria) => (
          <textarea {...aria} ref={area} rows={3} value={text} onChange={(event) => onChange(event.target.value)} />
        )}
      </Faulted>
      <div className="placeholders">
        <span className="muted">{t('action.insert')}</span>
        {PLACEHOLDERS.map((name) => (
          <button key={name} type="button" className="placeholder" onClick={() => insert(name)}>
            {t(`placeholder.${name}`)}
          </button>
        ))}
      </div>
    </div>
  )
}
