import { useId } from 'react'

interface SwitchProps<Value extends string> {
  /** What is chosen; read out, not shown. */
  readonly label: string
  readonly value: Value
  readonly onValue: (value: Value) => void
  readonly options: readonly { readonly value: Value; readonly name: string }[]
}

/** A choice among a few, all in sight: radio buttons in a row. */
export const Switch = <Value extends string>({ label, value, onValue, options }: SwitchProps<Value>) => {
  const name = useId()
  return (
    <fieldset className="switch">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="switch-option">
          <input
            type="radio"
            className="sr-only"
            name={name}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          <span>{option.name}</span>
        </label>
      ))}
    </fieldset>
  )
}
