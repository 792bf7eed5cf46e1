import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Choice<Value extends string | number> {
  readonly value: Value
  readonly label: string
}

interface CheckListProps<Value extends string | number> {
  readonly label: string
  readonly choices: readonly Choice<Value>[]
  readonly chosen: readonly Value[]
  readonly onChange: (chosen: readonly Value[]) => void
}

/** From so many choices on they can be searched. */
const SEARCHED_FROM = 9

/** Any number of things out of a list. What is chosen and not in the list stays, under its own value. */
export const CheckList = <Value extends string | number>({
  label,
  choices,
  chosen,
  onChange,
}: CheckListProps<Value>) => {
  const { t } = useTranslation('policy')
  const [search, setSearch] = useState('')
  const id = useId()
  const unknown = chosen.filter((value) => choices.every((choice) => choice.value !== value))
  const all = [...choices, ...unknown.map((value) => ({ value, label: String(value) }))]
  const wanted = search.trim().toLowerCase()
  const shown = wanted === '' ? all : all.filter((choice) => choice.label.toLowerCase().includes(wanted))
  const toggle = (value: Value) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <fieldset className="check-list">
      <legend>{label}</legend>
      {all.length >= SEARCHED_FROM && (
        <input
          type="search"
          aria-label={t('input.search')}
          placeholder={t('input.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <div className="check-options">
        {shown.map((choice) => (
          <label key={choice.value} className="check-option">
            <input
              type="checkbox"
              name={id}
              checked={chosen.includes(choice.value)}
              onChange={() => toggle(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
        {all.length === 0 && <p className="muted">{t('input.nothing')}</p>}
      </div>
    </fieldset>
  )
}
