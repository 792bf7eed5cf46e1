import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { FaultList } from '../inputs/fault-list.tsx'
import { useConditionEdit } from './condition-context.ts'
import { ConditionPart } from './condition-part.tsx'
import { type Draft, newComparison, newGroup } from './draft.ts'
import { addPart, setJoin } from './edit-draft.ts'
import { PartTools } from './part-tools.tsx'

interface GroupBoxProps {
  readonly draft: Extract<Draft, { type: 'group' }>
  readonly path: string
  readonly isRoot: boolean
  readonly isNegated: boolean
}

/** Parts of which all have to hold, or one. */
export const GroupBox = ({ draft, path, isRoot, isNegated }: GroupBoxProps) => {
  const { t } = useTranslation('policy')
  const { edit } = useConditionEdit()
  const { key, join, parts } = draft
  const add = (part: Draft) => edit((root) => addPart(root, key, part), part.key)
  return (
    <fieldset className={`group group-${join}${isNegated ? ' is-negated' : ''}`} data-part={key}>
      <legend className="sr-only">{t(isNegated ? `condition.not.${join}` : `condition.${join}`)}</legend>
      <div className="group-head">
        {isNegated && <span className="not-mark">{t('condition.notMark')}</span>}
        <select
          data-first
          aria-label={t('condition.join')}
          value={join}
          onChange={(event) => {
            const next = event.target.value === 'any' ? 'any' : 'all'
            edit((root) => setJoin(root, key, next))
          }}
        >
          <option value="all">{t('condition.all')}</option>
          <option value="any">{t('condition.any')}</option>
        </select>
        <PartTools part={draft} isRoot={isRoot} isNegated={isNegated} />
      </div>
      <FaultList path={path} />
      <FaultList path={`${path}.${join}`} />
      <ul className="parts">
        {parts.map((part, index) => (
          <li key={part.key}>
            {index > 0 && <span className="joint">{t(`condition.joint.${join}`)}</span>}
            <ConditionPart draft={part} path={`${path}.${join}.${index}`} />
          </li>
        ))}
      </ul>
      {parts.length === 0 && <p className="muted">{t(`condition.empty.${join}`)}</p>}
      <div className="buttons">
        <Button onClick={() => add(newComparison())}>{t('condition.addComparison')}</Button>
        <Button onClick={() => add(newGroup(join === 'all' ? 'any' : 'all'))}>{t('condition.addGroup')}</Button>
      </div>
    </fieldset>
  )
}
