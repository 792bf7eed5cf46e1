import { useTranslation } from 'react-i18next'
import { Faulted } from '../inputs/faulted.tsx'
import { NumberInput } from '../inputs/number-input.tsx'
import type { EntryAction } from '../policy-types.ts'
import { FieldActionParts } from './field-action-parts.tsx'
import { TaskParts } from './task-parts.tsx'
import { TemplateField } from './template-field.tsx'

interface ActionPartsProps {
  readonly path: string
  readonly action: EntryAction
  readonly onChange: (action: EntryAction) => void
}

/** The settings that only one kind of action has. */
export const ActionParts = ({ path, action, onChange }: ActionPartsProps) => {
  const { t } = useTranslation('policy')
  switch (action.type) {
    case 'task':
      return <TaskParts path={path} action={action} onChange={onChange} />
    case 'note':
      return <TemplateField path={path} text={action.text} onChange={(text) => onChange({ ...action, text })} />
    case 'field':
      return <FieldActionParts path={path} action={action} onChange={onChange} />
    case 'salesbot':
      return (
        <Faulted path={`${path}.botId`} label={t('action.bot')} hint={t('action.botHint')}>
          {(aria) => (
            <NumberInput {...aria} value={action.botId} step={1} onChange={(botId) => onChange({ ...action, botId })} />
          )}
        </Faulted>
      )
    case 'webhook':
      return (
        <Faulted path={`${path}.url`} label={t('action.url')} hint={t('action.urlHint')}>
          {(aria) => (
            <input
              {...aria}
              type="url"
              value={action.url}
              onChange={(event) => onChange({ ...action, url: event.target.value })}
            />
          )}
        </Faulted>
      )
  }
}
