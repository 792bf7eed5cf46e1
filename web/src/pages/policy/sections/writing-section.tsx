import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useSetting } from '../form/use-setting.ts'
import { TextField } from '../inputs/text-field.tsx'
import type { Dimension } from '../policy-types.ts'
import { SegmentNameFields } from './segment-name-fields.tsx'
import { TargetFields } from './target-fields.tsx'

const DIMENSIONS: readonly Dimension[] = ['lifecycle', 'temperature', 'standing', 'value']

/** What is written to amoCRM: tags, fields, and by which names. */
export const WritingSection = () => {
  const { t } = useTranslation('policy')
  return (
    <>
      <Card title={t('section.writing')} hint={t('writing.text')}>
        <div className="form-grid">
          <TextField label={t('writing.stopTag')} hint={t('writing.stopTagHint')} setting={useSetting('stopTag')} />
        </div>
      </Card>
      {DIMENSIONS.map((dimension) => (
        <Card key={dimension} title={t(`dimension.${dimension}`)} hint={t(`writing.${dimension}`)}>
          <TargetFields dimension={dimension} />
          {dimension !== 'value' && <SegmentNameFields dimension={dimension} />}
        </Card>
      ))}
    </>
  )
}
