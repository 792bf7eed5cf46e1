import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import { Card } from '../../../ui/card.tsx'
import { useSetting } from '../form/use-setting.ts'
import { CheckList } from '../inputs/check-list.tsx'
import { FaultList } from '../inputs/fault-list.tsx'
import { useSegmentLabel } from './segments.ts'

/** Which loss reasons mean that a lead was none. */
export const StandingSection = () => {
  const { t } = useTranslation('policy')
  const { lossReasons } = useAccount().structure
  const labelOf = useSegmentLabel()
  const { value, set } = useSetting('junkReasons')
  return (
    <Card title={t('section.standing')} hint={t('standing.text')}>
      <ul className="explained">
        {(['in_work', 'low_quality', 'refused'] as const).map((segment) => (
          <li key={segment}>
            <strong>{labelOf('standing', segment)}</strong> — {t(`standing.${segment}`)}
          </li>
        ))}
      </ul>
      <CheckList
        label={t('standing.junk')}
        choices={lossReasons.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={value}
        onChange={(chosen) => set([...chosen])}
      />
      <p className="field-hint">{t('standing.junkHint')}</p>
      <FaultList path="junkReasons" within />
    </Card>
  )
}
