import { useTranslation } from 'react-i18next'
import { useEditor } from '../editor/editor-context.ts'
import { useFactLabel } from './fact-label.ts'
import { factsFor, findFact, PREFIXES, type ReachedFact, type RuleTarget } from './fact-lookup.ts'

interface FactSelectProps {
  readonly target: RuleTarget
  readonly name: string
  readonly onChange: (fact: ReachedFact) => void
}

/** Everything a rule can ask about, in groups: facts, then custom fields, of each thing it reaches. */
export const FactSelect = ({ target, name, onChange }: FactSelectProps) => {
  const { t } = useTranslation('policy')
  const labelOf = useFactLabel()
  const { catalogue } = useEditor()
  const reached = factsFor(target, catalogue.facts)
  const found = findFact(name, target, catalogue.facts)
  const groups = PREFIXES[target].flatMap((prefix) =>
    (['facts', 'fields'] as const).map((kind) => ({
      key: `${prefix}${kind}`,
      label: t(`group.${target}.${prefix.replace('.', '') || 'own'}.${kind}`),
      facts: reached.filter((one) => one.prefix === prefix && (one.fact.field !== undefined) === (kind === 'fields')),
    })),
  )
  return (
    <select
      data-first
      className="fact"
      aria-label={t('condition.fact')}
      value={found?.name ?? (name === '' ? '' : '?')}
      onChange={(event) => {
        const next = reached.find((one) => one.name === event.target.value)
        if (next) onChange(next)
      }}
    >
      {name === '' && <option value="">{t('condition.choose')}</option>}
      {name !== '' && found === null && <option value="?">{name}</option>}
      {groups
        .filter(({ facts }) => facts.length > 0)
        .map((group) => (
          <optgroup key={group.key} label={group.label}>
            {group.facts.map((one) => (
              <option key={one.name} value={one.name}>
                {labelOf(one, { full: true })}
              </option>
            ))}
          </optgroup>
        ))}
    </select>
  )
}
