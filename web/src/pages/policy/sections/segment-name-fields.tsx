import { useTranslation } from 'react-i18next'
import type { SettingPath } from '../form/use-setting.ts'
import { useSetting } from '../form/use-setting.ts'
import { TextField } from '../inputs/text-field.tsx'
import { type FixedDimension, SEGMENTS, segmentLabel, useSegmentLabel } from './segments.ts'

/** The account's own names of segments; the usual ones stand there until others are written. */
export const SegmentNameFields = ({ dimension }: { readonly dimension: FixedDimension }) => {
  const { t } = useTranslation('policy')
  return (
    <fieldset className="names">
      <legend>{t('writing.names')}</legend>
      <div className="form-grid">
        {SEGMENTS[dimension].map((segment) => (
          <NameField key={segment} dimension={dimension} segment={segment} />
        ))}
      </div>
    </fieldset>
  )
}

const NameField = ({ dimension, segment }: { readonly dimension: FixedDimension; readonly segment: string }) => {
  const labelOf = useSegmentLabel()
  const language = useSetting('language').value
  const setting = useSetting(`targets.${dimension}.names.${segment}` as NamePath)
  return (
    <TextField
      label={labelOf(dimension, segment)}
      placeholder={segmentLabel(dimension, segment, language)}
      setting={setting}
    />
  )
}

type NamePath = Extract<SettingPath, `targets.lifecycle.names.${string}`>
