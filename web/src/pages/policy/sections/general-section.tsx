import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useSetting } from '../form/use-setting.ts'
import { FaultList } from '../inputs/fault-list.tsx'
import { RadioCards } from '../inputs/radio-cards.tsx'

/** Who is the client, and in which language it is written. */
export const GeneralSection = () => {
  const { t } = useTranslation('policy')
  const entity = useSetting('clientEntity')
  const language = useSetting('language')
  return (
    <Card title={t('section.general')}>
      <RadioCards
        legend={t('general.clientEntity')}
        value={entity.value}
        onChange={entity.set}
        options={(['contact', 'company'] as const).map((value) => ({
          value,
          title: t(`general.${value}`),
          text: t(`general.${value}Text`),
        }))}
      />
      <FaultList path="clientEntity" />
      <RadioCards
        legend={t('general.language')}
        value={language.value}
        onChange={language.set}
        options={(['ru', 'en'] as const).map((value) => ({ value, title: t(`language.${value}`) }))}
      />
      <p className="field-hint">{t('general.languageHint')}</p>
    </Card>
  )
}
