import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import { Faulted } from '../inputs/faulted.tsx'
import { NumberInput } from '../inputs/number-input.tsx'
import type { EntryAction } from '../policy-types.ts'
import { TemplateField } from './template-field.tsx'

type Task = Extract<EntryAction, { type: 'task' }>

interface TaskPartsProps {
  readonly path: string
  readonly action: Task
  readonly onChange: (action: Task) => void
}

/** Types every amoCRM account has. */
const TASK_TYPES = [1, 2] as const

export const TaskParts = ({ path, action, onChange }: TaskPartsProps) => {
  const { t } = useTranslation('policy')
  const { users } = useAccount().structure
  const { responsibleUserId, taskTypeId } = action
  const userIds = [
    ...new Set([...users.map(({ id }) => id), ...(responsibleUserId === null ? [] : [responsibleUserId])]),
  ]
  const typeIds = [...new Set([...TASK_TYPES, ...(taskTypeId === null ? [] : [taskTypeId])])]
  const idOf = (text: string) => (text === '' ? null : Number(text))
  return (
    <>
      <TemplateField path={path} text={action.text} onChange={(text) => onChange({ ...action, text })} />
      <div className="form-grid">
        <Faulted path={`${path}.dueInHours`} label={t('action.due')}>
          {(aria) => (
            <NumberInput
              {...aria}
              value={action.dueInHours}
              unit={t('unit.hours')}
              step={1}
              onChange={(dueInHours) => onChange({ ...action, dueInHours })}
            />
          )}
        </Faulted>
        <Faulted path={`${path}.responsibleUserId`} label={t('action.responsible')}>
          {(aria) => (
            <select
              {...aria}
              value={responsibleUserId ?? ''}
              onChange={(event) => onChange({ ...action, responsibleUserId: idOf(event.target.value) })}
            >
              <option value="">{t('action.clientsOwn')}</option>
              {userIds.map((id) => (
                <option key={id} value={id}>
                  {users.find((user) => user.id === id)?.name ?? `#${id}`}
                </option>
              ))}
            </select>
          )}
        </Faulted>
        <Faulted path={`${path}.taskTypeId`} label={t('action.taskType')}>
          {(aria) => (
            <select
              {...aria}
              value={taskTypeId ?? ''}
              onChange={(event) => onChange({ ...action, taskTypeId: idOf(event.target.value) })}
            >
              <option value="">{t('action.usualTask')}</option>
              {typeIds.map((id) => (
                <option key={id} value={id}>
                  {id === 1 || id === 2 ? t(`action.taskTypes.${id}`) : `#${id}`}
                </option>
              ))}
            </select>
          )}
        </Faulted>
      </div>
    </>
  )
}
