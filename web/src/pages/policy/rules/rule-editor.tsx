import { useTranslation } from 'react-i18next'
import { ActionList } from '../actions/action-list.tsx'
import { useSetting } from '../form/use-setting.ts'
import { FaultList } from '../inputs/fault-list.tsx'
import { LocalTextField } from '../inputs/local-text-field.tsx'
import { ConditionEditor } from './condition-editor.tsx'

/** All of one rule: its name, its condition, its tag, its actions. */
export const RuleEditor = ({ index }: { readonly index: number }) => {
  const { t } = useTranslation('policy')
  const path = `rules.${index}` as const
  const label = useSetting(`${path}.label`)
  const tag = useSetting(`${path}.tag`)
  const when = useSetting(`${path}.when`)
  const actions = useSetting(`${path}.actions`)
  const target = useSetting(`${path}.target`).value
  return (
    <>
      <div className="form-grid">
        <LocalTextField path={`${path}.label`} label={t('rules.label')} value={label.value} onChange={label.set} />
        <LocalTextField
          path={`${path}.tag`}
          label={t('rules.tag')}
          hint={t(`rules.tagHint.${target}`)}
          value={tag.value}
          onChange={tag.set}
        />
      </div>
      <FaultList path={path} />
      <FaultList path={`${path}.id`} />
      <section aria-label={t('rules.when')}>
        <h3>{t(`rules.whenTarget.${target}`)}</h3>
        <ConditionEditor path={`${path}.when`} target={target} draft={when.value} onChange={when.set} />
      </section>
      <section aria-label={t('rules.then')}>
        <h3>{t('rules.then')}</h3>
        <ActionList path={`${path}.actions`} actions={actions.value} onChange={actions.set} />
      </section>
    </>
  )
}
