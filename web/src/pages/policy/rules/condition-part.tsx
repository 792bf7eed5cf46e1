import { ComparisonRow } from './comparison-row.tsx'
import type { Draft } from './draft.ts'
import { GroupBox } from './group-box.tsx'

interface ConditionPartProps {
  readonly draft: Draft
  readonly path: string
  readonly isRoot?: boolean
  /** Whether "not" stands before it. */
  readonly isNegated?: boolean
}

/** One part of a condition, whichever it is; a "not" is shown on the part it stands before. */
export const ConditionPart = ({ draft, path, isRoot = false, isNegated = false }: ConditionPartProps) => {
  switch (draft.type) {
    case 'comparison':
      return <ComparisonRow draft={draft} path={path} isRoot={isRoot} isNegated={isNegated} />
    case 'group':
      return <GroupBox draft={draft} path={path} isRoot={isRoot} isNegated={isNegated} />
    case 'not':
      return isNegated ? (
        <div className="twice-not" data-part={draft.key}>
          <ConditionPart draft={draft.part} path={`${path}.not`} isRoot={isRoot} isNegated />
        </div>
      ) : (
        <ConditionPart draft={draft.part} path={`${path}.not`} isRoot={isRoot} isNegated />
      )
  }
}
