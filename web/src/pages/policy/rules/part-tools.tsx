import { useTranslation } from 'react-i18next'
import { useConditionEdit } from './condition-context.ts'
import type { Draft } from './draft.ts'
import { dissolveGroup, removePart, toggleNot, wrapPart } from './edit-draft.ts'
import { movePart } from './move-part.ts'

interface PartToolsProps {
  readonly part: Draft
  readonly isRoot: boolean
  readonly isNegated: boolean
}

/** What can be done with a part of a condition: said not, moved, put into a group, taken away. */
export const PartTools = ({ part, isRoot, isNegated }: PartToolsProps) => {
  const { t } = useTranslation('policy')
  const { edit } = useConditionEdit()
  const { key } = part
  const tool = (name: string, sign: string, change: (root: Draft) => Draft, pressed?: boolean) => (
    <button
      type="button"
      className={`tool tool-${name}`}
      title={t(`tool.${name}`)}
      aria-label={t(`tool.${name}`)}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={() => edit(change, name === 'remove' ? undefined : key)}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  )
  return (
    <span className="tools">
      {tool('not', t('condition.notMark'), (root) => toggleNot(root, key), isNegated)}
      {!isRoot && tool('up', '↑', (root) => movePart(root, key, -1))}
      {!isRoot && tool('down', '↓', (root) => movePart(root, key, 1))}
      {part.type === 'comparison' && tool('wrap', '( )', (root) => wrapPart(root, key))}
      {part.type === 'group' && !isRoot && tool('dissolve', ')(', (root) => dissolveGroup(root, key))}
      {!isRoot && tool('remove', '×', (root) => removePart(root, key))}
    </span>
  )
}
