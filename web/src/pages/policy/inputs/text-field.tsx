import type { ReactNode } from 'react'
import type { Setting } from '../form/use-setting.ts'
import { Faulted } from './faulted.tsx'

interface TextFieldProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly placeholder?: string
  readonly lines?: number
  readonly setting: Setting<string> | Setting<string | undefined>
}

/** A setting that is a text, on one line or several. */
export const TextField = ({ label, hint, placeholder, lines = 1, setting }: TextFieldProps) => {
  const { path, value, set, onBlur } = setting
  const shared = {
    value: value ?? '',
    onBlur,
    onChange: (event: { readonly target: { readonly value: string } }) => set(event.target.value),
    ...(placeholder === undefined ? {} : { placeholder }),
  }
  return (
    <Faulted path={path} label={label} hint={hint}>
      {(aria) =>
        lines > 1 ? <textarea {...aria} {...shared} rows={lines} /> : <input {...aria} {...shared} type="text" />
      }
    </Faulted>
  )
}
