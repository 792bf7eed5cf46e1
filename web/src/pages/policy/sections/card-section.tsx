import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useSetting } from '../form/use-setting.ts'
import { Faulted } from '../inputs/faulted.tsx'
import { usePipelineNames } from '../inputs/pipeline-names.ts'
import { Switch } from '../inputs/switch.tsx'
import type { Policy } from '../policy-types.ts'
import { SEGMENTS, useSegmentLabel } from './segments.ts'

type CardSettings = NonNullable<Policy['card']>

/** amoCRM's type of the incoming stage: deals can't be moved into it. */
const INCOMING = 1

/** The client's card in the client-base pipeline, and its stage for each segment. */
export const CardSection = () => {
  const { t } = useTranslation('policy')
  const { pipelines } = usePipelineNames()
  const { value, set } = useSetting('card')
  const [first] = pipelines.filter(({ isMain }) => !isMain).concat(pipelines)
  return (
    <Card title={t('section.card')} hint={t('card.text')}>
      <Switch
        isOn={value !== null}
        onChange={(isOn) => set(isOn && first ? { pipelineId: first.id, statuses: {}, createCard: false } : null)}
      >
        {t('card.on')}
      </Switch>
      {value !== null && <CardFields card={value} onChange={set} />}
    </Card>
  )
}

interface CardFieldsProps {
  readonly card: CardSettings
  readonly onChange: (card: CardSettings) => void
}

const CardFields = ({ card, onChange }: CardFieldsProps) => {
  const { t } = useTranslation('policy')
  const labelOf = useSegmentLabel()
  const { pipelines, pipelineName, openStages } = usePipelineNames()
  const ids = [...new Set([...pipelines.map(({ id }) => id), card.pipelineId])]
  const stages = openStages(card.pipelineId).filter(({ type }) => type !== INCOMING)
  const put = (segment: string, id: string) =>
    onChange({ ...card, statuses: { ...card.statuses, [segment]: id === '' ? undefined : Number(id) } })
  return (
    <>
      <div className="form-grid">
        <Faulted path="card.pipelineId" label={t('card.pipeline')} hint={t('card.pipelineHint')}>
          {(aria) => (
            <select
              {...aria}
              value={card.pipelineId}
              onChange={(event) => onChange({ ...card, pipelineId: Number(event.target.value), statuses: {} })}
            >
              {ids.map((id) => (
                <option key={id} value={id}>
                  {pipelineName(id)}
                </option>
              ))}
            </select>
          )}
        </Faulted>
      </div>
      <fieldset className="names">
        <legend>{t('card.statuses')}</legend>
        <div className="form-grid">
          {SEGMENTS.lifecycle.map((segment) => (
            <Faulted key={segment} path={`card.statuses.${segment}`} label={labelOf('lifecycle', segment)}>
              {(aria) => (
                <select
                  {...aria}
                  value={card.statuses[segment] ?? ''}
                  onChange={(event) => put(segment, event.target.value)}
                >
                  <option value="">{t('card.stay')}</option>
                  {stages.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Faulted>
          ))}
        </div>
      </fieldset>
      <Switch isOn={card.createCard} onChange={(createCard) => onChange({ ...card, createCard })}>
        {t('card.create')}
      </Switch>
    </>
  )
}
