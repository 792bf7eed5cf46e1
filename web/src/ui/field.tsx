import { type ReactNode, useId } from 'react'

/** What ties an input to its label, hint and error. */
export interface FieldAria {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly children: (aria: FieldAria) => ReactNode
}

/** A labelled input: `<Field label="…">{(aria) => <input {...aria} />}</Field>`. */
export const Field = ({ label, hint, error, children }: FieldProps) => {
  const id = useId()
  const about = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter((one) => one !== '').join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(about === '' ? {} : { 'aria-describedby': about }),
        ...(error ? { 'aria-invalid': true as const } : {}),
      })}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
