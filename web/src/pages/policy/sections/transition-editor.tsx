import { useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { ActionList } from '../actions/action-list.tsx'
import type { PolicyForm } from '../form/policy-form.ts'
import { CheckList } from '../inputs/check-list.tsx'
import { FaultList } from '../inputs/fault-list.tsx'
import type { Dimension, Transition } from '../policy-types.ts'
import { SEGMENTS, useSegmentLabel } from './segments.ts'

interface TransitionEditorProps {
  readonly path: string
  readonly transition: Transition
  readonly onChange: (transition: Transition) => void
  readonly onRemove: () => void
}

const DIMENSIONS: readonly Dimension[] = ['lifecycle', 'temperature', 'standing', 'value']

/** From which segments to which, and what is then done. */
export const TransitionEditor = ({ path, transition, onChange, onRemove }: TransitionEditorProps) => {
  const { t } = useTranslation('policy')
  const labelOf = useSegmentLabel()
  const tiers = useWatch<PolicyForm, 'value.tiers'>({ name: 'value.tiers' }).map(({ label }) => label)
  const { dimension } = transition
  const segments: readonly string[] = dimension === 'value' ? tiers : SEGMENTS[dimension]
  const choices = segments.map((segment) => ({ value: segment, label: labelOf(dimension, segment) }))
  const put = (change: Partial<Pick<Transition, 'from' | 'to' | 'dimension' | 'actions'>>) =>
    // Whether the segments belong to the dimension is for the service to say.
    onChange({ ...transition, ...change } as Transition)
  return (
    <div className="transition">
      <div className="row-head">
        <label className="inline-field">
          <span>{t('actions.dimension')}</span>
          <select
            value={dimension}
            onChange={(event) => {
              const next = DIMENSIONS.find((one) => one === event.target.value)
              if (next) put({ dimension: next, from: [], to: [] })
            }}
          >
            {DIMENSIONS.map((one) => (
              <option key={one} value={one}>
                {t(`dimension.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <Button kind="link" onClick={onRemove}>
          {t('actions.remove')}
        </Button>
      </div>
      <div className="from-to">
        <CheckList
          label={t('actions.from')}
          choices={choices}
          chosen={transition.from}
          onChange={(from) => put({ from: [...from] })}
        />
        <CheckList
          label={t('actions.to')}
          choices={choices}
          chosen={transition.to}
          onChange={(to) => put({ to: [...to] })}
        />
      </div>
      <p className="field-hint">{t('actions.anyHint')}</p>
      <FaultList path={`${path}.from`} within />
      <FaultList path={`${path}.to`} within />
      <h3>{t('actions.then')}</h3>
      <ActionList path={`${path}.actions`} actions={transition.actions} onChange={(actions) => put({ actions })} />
    </div>
  )
}
