import { createContext, use } from 'react'
import type { Draft } from './draft.ts'
import type { RuleTarget } from './fact-lookup.ts'

/** What every part of one condition shares. */
export interface ConditionEdit {
  readonly target: RuleTarget
  readonly root: Draft
  readonly edit: (change: (root: Draft) => Draft, focus?: string) => void
}

export const ConditionContext = createContext<ConditionEdit | null>(null)

/** Anywhere inside the editor of a condition. */
export const useConditionEdit = (): ConditionEdit => {
  const edit = use(ConditionContext)
  if (edit === null) throw new Error('there is no condition around this component')
  return edit
}
