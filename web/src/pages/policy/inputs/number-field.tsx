import type { ReactNode } from 'react'
import type { Setting } from '../form/use-setting.ts'
import { Faulted } from './faulted.tsx'
import { NumberInput } from './number-input.tsx'

interface NumberFieldProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly unit?: string
  readonly step?: number
  readonly min?: number
  readonly setting: Setting<number>
}

/** A setting that is a number. */
export const NumberField = ({ label, hint, unit, step = 1, min, setting }: NumberFieldProps) => (
  <Faulted path={setting.path} label={label} hint={hint}>
    {(aria) => (
      <NumberInput
        {...aria}
        value={setting.value}
        onChange={setting.set}
        onBlur={setting.onBlur}
        unit={unit}
        step={step}
        {...(min === undefined ? {} : { min })}
      />
    )}
  </Faulted>
)
