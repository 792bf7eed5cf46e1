import { type ReactNode, useId } from 'react'
import type { Setting } from '../form/use-setting.ts'
import { FaultList } from './fault-list.tsx'
import { Switch } from './switch.tsx'

interface SwitchFieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly setting: Setting<boolean>
}

/** A setting that is on or off. */
export const SwitchField = ({ label, hint, setting: { path, value, set, onBlur } }: SwitchFieldProps) => {
  const id = useId()
  return (
    <div className="switch-field">
      <Switch isOn={value} onChange={set} onBlur={onBlur} {...(hint ? { 'aria-describedby': id } : {})}>
        {label}
      </Switch>
      {hint && (
        <p className="field-hint" id={id}>
          {hint}
        </p>
      )}
      <FaultList path={path} />
    </div>
  )
}
