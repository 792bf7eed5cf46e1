import type { InputHTMLAttributes, ReactNode } from 'react'

interface SwitchProps
  extends Pick<InputHTMLAttributes<HTMLInputElement>, 'aria-label' | 'aria-describedby' | 'onBlur'> {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children?: ReactNode
}

/** Something that is on or off, with its words beside it. */
export const Switch = ({ isOn, onChange, children, ...rest }: SwitchProps) => (
  <label className="switch">
    <input
      {...rest}
      type="checkbox"
      role="switch"
      checked={isOn}
      aria-checked={isOn}
      onChange={(event) => onChange(event.target.checked)}
    />
    {children && <span>{children}</span>}
  </label>
)
