import type { ReactNode } from 'react'
import { Field, type FieldAria } from '../../../ui/field.tsx'
import { useFaults } from '../editor/editor-context.ts'

interface FaultedProps {
  /** Place in the policy. */
  readonly path: string
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Whether faults below the place are told here too. */
  readonly within?: boolean
  readonly children: (aria: FieldAria) => ReactNode
}

/** A labelled input that tells what the service finds wrong with it. */
export const Faulted = ({ path, label, hint, within = false, children }: FaultedProps) => {
  const { error, warning } = useFaults(path, { within })
  return (
    <div className="faulted">
      <Field label={label} error={error} {...(hint ? { hint } : {})}>
        {children}
      </Field>
      {warning && <p className="field-warning">{warning}</p>}
    </div>
  )
}
