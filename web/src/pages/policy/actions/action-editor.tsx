import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { FaultList } from '../inputs/fault-list.tsx'
import { Faulted } from '../inputs/faulted.tsx'
import { NumberField } from '../inputs/number-field.tsx'
import { SwitchField } from '../inputs/switch-field.tsx'
import type { EntryAction } from '../policy-types.ts'
import { ActionParts } from './action-parts.tsx'
import { ACTION_TYPES, withType } from './new-action.ts'

interface ActionEditorProps {
  readonly path: string
  readonly action: EntryAction
  readonly onChange: (action: EntryAction) => void
  readonly onRemove: () => void
}

const nothing = () => undefined

/** One thing that is done when a client enters a segment or begins to match a rule. */
export const ActionEditor = ({ path, action, onChange, onRemove }: ActionEditorProps) => {
  const { t } = useTranslation('policy')
  return (
    <div className="action">
      <div className="row-head">
        <label>
          <span className="sr-only">{t('action.type')}</span>
          <select
            value={action.type}
            onChange={(event) => {
              const type = ACTION_TYPES.find((one) => one === event.target.value)
              if (type) onChange(withType(action, type, t('action.usualText')))
            }}
          >
            {ACTION_TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`action.types.${type}`)}
              </option>
            ))}
          </select>
        </label>
        <Button kind="link" onClick={onRemove}>
          {t('input.remove')}
          <span className="sr-only"> {t(`action.types.${action.type}`)}</span>
        </Button>
      </div>
      <FaultList path={path} />
      <FaultList path={`${path}.id`} />
      {'on' in action && (
        <div className="form-grid">
          <Faulted path={`${path}.on`} label={t('action.on')}>
            {(aria) => (
              <select
                {...aria}
                value={action.on}
                onChange={(event) => onChange({ ...action, on: event.target.value === 'deal' ? 'deal' : 'client' })}
              >
                <option value="client">{t('action.onClient')}</option>
                <option value="deal">{t('action.onDeal')}</option>
              </select>
            )}
          </Faulted>
        </div>
      )}
      <ActionParts path={path} action={action} onChange={onChange} />
      <details>
        <summary>{t('action.howOften')}</summary>
        <div className="form-grid">
          <NumberField
            label={t('action.coolDown')}
            hint={t('action.coolDownHint')}
            unit={t('unit.days')}
            min={0}
            setting={{
              path: `${path}.coolDownDays`,
              value: action.coolDownDays,
              set: (coolDownDays) => onChange({ ...action, coolDownDays }),
              onBlur: nothing,
            }}
          />
        </div>
        <SwitchField
          label={t('action.duringBackfill')}
          hint={t('action.duringBackfillHint')}
          setting={{
            path: `${path}.duringBackfill`,
            value: action.duringBackfill,
            set: (duringBackfill) => onChange({ ...action, duringBackfill }),
            onBlur: nothing,
          }}
        />
      </details>
    </div>
  )
}
