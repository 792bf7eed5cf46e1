import { useEffect, useMemo, useRef } from 'react'
import { FaultList } from '../inputs/fault-list.tsx'
import { ConditionContext, type ConditionEdit } from './condition-context.ts'
import { ConditionPart } from './condition-part.tsx'
import type { Draft } from './draft.ts'
import type { RuleTarget } from './fact-lookup.ts'

interface ConditionEditorProps {
  /** Place of the condition in the policy. */
  readonly path: string
  readonly target: RuleTarget
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

/** A condition of any depth. What was just added or moved keeps the focus, so that it can be built without a mouse. */
export const ConditionEditor = ({ path, target, draft, onChange }: ConditionEditorProps) => {
  const place = useRef<HTMLDivElement>(null)
  const focus = useRef<string | null>(null)
  const edit = useMemo<ConditionEdit>(
    () => ({
      target,
      root: draft,
      edit: (change, wanted) => {
        focus.current = wanted ?? null
        onChange(change(draft))
      },
    }),
    [target, draft, onChange],
  )
  useEffect(() => {
    if (focus.current === null) return
    const part = place.current?.querySelector(`[data-part="${focus.current}"]`)
    const first = part?.querySelector<HTMLElement>('[data-first], select, input, button')
    first?.focus()
    focus.current = null
  })
  return (
    <ConditionContext value={edit}>
      <div ref={place} className="condition">
        <FaultList path={path} />
        <ConditionPart draft={draft} path={path} isRoot />
      </div>
    </ConditionContext>
  )
}
