import { useId } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../../i18n/language.ts'
import { Button } from '../../../ui/button.tsx'
import { useEditor } from '../editor/editor-context.ts'
import { faultsAt } from '../form/fault-path.ts'
import type { PolicyForm } from '../form/policy-form.ts'
import { useSetting } from '../form/use-setting.ts'
import { Switch } from '../inputs/switch.tsx'
import { textOf } from '../inputs/text-of.ts'
import { useConditionText } from './condition-text.ts'
import { RuleEditor } from './rule-editor.tsx'

interface RuleCardProps {
  readonly index: number
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onRemove: () => void
  readonly onMove: (by: -1 | 1) => void
}

/** A rule in brief, and opened with all of it. */
export const RuleCard = ({ index, isOpen, onToggle, onRemove, onMove }: RuleCardProps) => {
  const { t, i18n } = useTranslation('policy')
  const { errors, warnings } = useEditor()
  const id = useId()
  const rule = useWatch<PolicyForm, `rules.${number}`>({ name: `rules.${index}` })
  const enabled = useSetting(`rules.${index}.enabled`)
  const conditionText = useConditionText(rule.target)
  const name = textOf(rule.label, languageOf(i18n.language)) || t('rules.unnamed')
  const path = `rules.${index}`
  const faults = faultsAt(errors, path, { within: true }).length
  const doubts = faultsAt(warnings, path, { within: true }).length
  return (
    <article className={`rule${rule.enabled ? '' : ' is-off'}`} aria-labelledby={id}>
      <header className="rule-head">
        <Switch isOn={enabled.value} aria-label={t('rules.enabled', { name })} onChange={enabled.set} />
        <button type="button" className="rule-toggle" aria-expanded={isOpen} onClick={onToggle}>
          <strong id={id}>{name}</strong>
          <span className="muted">{t(`rules.target.${rule.target}`)}</span>
          {rule.tag && <span className="chip chip-rule">{textOf(rule.tag, languageOf(i18n.language))}</span>}
          {faults > 0 && <span className="badge badge-bad">{t('editor.errors', { count: faults })}</span>}
          {faults === 0 && doubts > 0 && (
            <span className="badge badge-warn">{t('editor.warnings', { count: doubts })}</span>
          )}
          {!isOpen && <span className="rule-text">{conditionText(rule.when)}</span>}
        </button>
      </header>
      {isOpen && (
        <div className="rule-body">
          <RuleEditor index={index} />
          <div className="buttons rule-foot">
            <Button onClick={() => onMove(-1)}>{t('rules.up')}</Button>
            <Button onClick={() => onMove(1)}>{t('rules.down')}</Button>
            <Button kind="danger" onClick={onRemove}>
              {t('rules.remove')}
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}
