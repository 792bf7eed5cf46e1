import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { newAction } from '../actions/new-action.ts'
import type { PolicyForm } from '../form/policy-form.ts'
import { useSetting } from '../form/use-setting.ts'
import { FaultList } from '../inputs/fault-list.tsx'
import { TransitionEditor } from './transition-editor.tsx'

/** What is done when a client goes from one segment to another. */
export const ActionsSection = () => {
  const { t } = useTranslation('policy')
  const { value: transitions, set } = useSetting('actions')
  const { getValues } = useFormContext<PolicyForm>()
  const add = () => {
    const taken = [...transitions, ...getValues('rules')].flatMap((one) => one.actions.map(({ id }) => id))
    const actions = [newAction('task', taken, t('action.usualText'))]
    set([...transitions, { dimension: 'lifecycle', from: [], to: ['sleeping'], actions }])
  }
  return (
    <Card
      title={t('section.actions')}
      hint={t('actions.text')}
      actions={transitions.length > 0 && <Button onClick={add}>{t('actions.add')}</Button>}
    >
      <FaultList path="actions" />
      {transitions.length === 0 ? (
        <EmptyState
          title={t('actions.none')}
          text={t('actions.noneText')}
          actions={<Button onClick={add}>{t('actions.add')}</Button>}
        />
      ) : (
        <ol className="rows">
          {transitions.map((transition, index) => (
            <li key={`${index.toString()}-${transition.actions[0]?.id}`} className="row-card">
              <TransitionEditor
                path={`actions.${index}`}
                transition={transition}
                onChange={(next) => set(transitions.with(index, next))}
                onRemove={() => set(transitions.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
