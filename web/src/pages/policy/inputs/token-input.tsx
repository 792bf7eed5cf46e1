import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldAria } from '../../../ui/field.tsx'

interface TokenInputProps extends Partial<FieldAria> {
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly suggestions?: readonly string[]
  readonly 'aria-label'?: string
}

/** Several texts: Enter or a comma adds what is written, Backspace in the empty input takes the last one away. */
export const TokenInput = ({ values, onChange, suggestions = [], ...aria }: TokenInputProps) => {
  const { t } = useTranslation('policy')
  const [text, setText] = useState('')
  const list = useId()
  const add = () => {
    const added = text.split(',').flatMap((part) => part.trim() || [])
    if (added.length > 0) onChange([...new Set([...values, ...added])])
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add()
    } else if (event.key === 'Backspace' && text === '') onChange(values.slice(0, -1))
  }
  return (
    <span className="tokens">
      {values.map((value) => (
        <span key={value} className="token">
          {value}
          <button
            type="button"
            aria-label={t('input.removeToken', { value })}
            onClick={() => onChange(values.filter((one) => one !== value))}
          >
            ×
          </button>
        </span>
      ))}
      <input
        {...aria}
        type="text"
        list={list}
        value={text}
        placeholder={values.length === 0 ? t('input.tokens') : ''}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
      />
      <datalist id={list}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </span>
  )
}
