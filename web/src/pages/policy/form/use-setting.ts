import { type FieldPath, type FieldPathValue, useController } from 'react-hook-form'
import type { PolicyForm } from './policy-form.ts'

export type SettingPath = FieldPath<PolicyForm>

export interface Setting<Value> {
  /** Its place in the policy, by which faults find it. */
  readonly path: string
  readonly value: Value
  readonly set: (value: Value) => void
  readonly onBlur: () => void
}

/** One setting of the form around it: what stands in it, and how it is changed. */
export const useSetting = <Path extends SettingPath>(name: Path): Setting<FieldPathValue<PolicyForm, Path>> => {
  const { field } = useController<PolicyForm, Path>({ name })
  return { path: name, value: field.value, set: field.onChange, onBlur: field.onBlur }
}
