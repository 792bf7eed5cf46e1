import type { FieldAria } from '../../../ui/field.tsx'

interface NumberInputProps extends Partial<FieldAria> {
  /** NaN: nothing is written there. */
  readonly value: number
  readonly onChange: (value: number) => void
  readonly onBlur?: () => void
  readonly unit?: string | undefined
  readonly step?: number | 'any'
  readonly min?: number
  readonly 'aria-label'?: string
}

/** A number; what was emptied is not taken for nought. */
export const NumberInput = ({ value, onChange, unit, step = 'any', ...rest }: NumberInputProps) => (
  <span className="with-unit">
    <input
      {...rest}
      type="number"
      inputMode="decimal"
      step={step}
      value={Number.isFinite(value) ? value : ''}
      onChange={(event) => onChange(event.target.value === '' ? Number.NaN : event.target.valueAsNumber)}
    />
    {unit && <span className="unit">{unit}</span>}
  </span>
)
