import { useState } from 'react'
import { useFieldArray } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import type { PolicyForm, RuleForm } from '../form/policy-form.ts'
import { FaultList } from '../inputs/fault-list.tsx'
import { newComparison, newGroup } from './draft.ts'
import { RuleCard } from './rule-card.tsx'

/** An id no other rule has. */
const freeId = (rules: readonly RuleForm[]): string => {
  for (let number = rules.length + 1; ; number++) {
    const id = `rule_${number}`
    if (rules.every((rule) => rule.id !== id)) return id
  }
}

/** The account's own segments: each a condition, a tag and actions. */
export const RulesSection = () => {
  const { t } = useTranslation('policy')
  const { fields, append, remove, move } = useFieldArray<PolicyForm, 'rules', 'key'>({ name: 'rules', keyName: 'key' })
  const [open, setOpen] = useState<string | null>(null)
  const add = (target: RuleForm['target']) => {
    const when = newGroup('all', [newComparison()])
    const id = freeId(fields)
    append({ id, label: '', target, enabled: true, when, actions: [] }, { shouldFocus: false })
    setOpen(id)
  }
  const buttons = (
    <div className="buttons">
      <Button onClick={() => add('client')}>{t('rules.addClient')}</Button>
      <Button onClick={() => add('deal')}>{t('rules.addDeal')}</Button>
    </div>
  )
  return (
    <Card title={t('section.rules')} hint={t('rules.text')} actions={fields.length > 0 && buttons}>
      <FaultList path="rules" />
      {fields.length === 0 ? (
        <EmptyState title={t('rules.none')} text={t('rules.noneText')} actions={buttons} />
      ) : (
        <ol className="rules">
          {fields.map((field, index) => (
            <li key={field.key}>
              <RuleCard
                index={index}
                isOpen={open === field.id}
                onToggle={() => setOpen(open === field.id ? null : field.id)}
                onRemove={() => remove(index)}
                onMove={(by) => index + by >= 0 && index + by < fields.length && move(index, index + by)}
              />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
