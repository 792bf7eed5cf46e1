import { type ReactNode, useId } from 'react'

export interface RadioCard<Value extends string> {
  readonly value: Value
  readonly title: string
  readonly text?: ReactNode
  /** Why it cannot be chosen. */
  readonly reason?: string | null
}

interface RadioCardsProps<Value extends string> {
  readonly legend: string
  readonly options: readonly RadioCard<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A choice among a few things that each need a sentence. */
export const RadioCards = <Value extends string>({ legend, options, value, onChange }: RadioCardsProps<Value>) => {
  const name = useId()
  return (
    <fieldset className="radio-cards">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={`radio-card${option.reason ? ' is-off' : ''}`}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={Boolean(option.reason)}
            onChange={() => onChange(option.value)}
          />
          <span>
            <strong>{option.title}</strong>
            {(option.reason || option.text) && <span className="field-hint">{option.reason || option.text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
