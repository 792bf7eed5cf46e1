import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import type { PolicyForm } from '../form/policy-form.ts'
import { FaultList } from '../inputs/fault-list.tsx'
import type { EntryAction } from '../policy-types.ts'
import { ActionEditor } from './action-editor.tsx'
import { ACTION_TYPES, newAction } from './new-action.ts'

interface ActionListProps {
  /** Place of the list in the policy. */
  readonly path: string
  readonly actions: readonly EntryAction[]
  readonly onChange: (actions: EntryAction[]) => void
}

/** What is done, in this order: any number of actions. */
export const ActionList = ({ path, actions, onChange }: ActionListProps) => {
  const { t } = useTranslation('policy')
  const { getValues } = useFormContext<PolicyForm>()
  const takenIds = () => {
    const { actions: transitions, rules } = getValues()
    return [...transitions, ...rules].flatMap((one) => one.actions.map(({ id }) => id))
  }
  return (
    <div className="actions">
      <FaultList path={path} />
      {actions.length > 0 && (
        <ol className="rows">
          {actions.map((action, index) => (
            <li key={action.id} className="row-card">
              <ActionEditor
                path={`${path}.${index}`}
                action={action}
                onChange={(next) => onChange(actions.with(index, next))}
                onRemove={() => onChange(actions.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
      )}
      <div className="buttons">
        {ACTION_TYPES.map((type) => (
          <Button key={type} onClick={() => onChange([...actions, newAction(type, takenIds(), t('action.usualText'))])}>
            {t(`action.add.${type}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}
