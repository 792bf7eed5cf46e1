import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { useEditor, useFaults } from '../editor/editor-context.ts'
import { useConditionEdit } from './condition-context.ts'
import { type Draft, newComparison } from './draft.ts'
import { addPart, setComparison } from './edit-draft.ts'
import { findFact } from './fact-lookup.ts'
import { FactSelect } from './fact-select.tsx'
import { withFact, withOp } from './fit-comparison.ts'
import { useOpLabel } from './op-label.ts'
import { PartTools } from './part-tools.tsx'
import { ValueInput } from './value-input.tsx'

interface ComparisonRowProps {
  readonly draft: Extract<Draft, { type: 'comparison' }>
  readonly path: string
  readonly isRoot: boolean
  readonly isNegated: boolean
}

/** One comparison: a fact, how it is compared, with what. */
export const ComparisonRow = ({ draft, path, isRoot, isNegated }: ComparisonRowProps) => {
  const { t } = useTranslation('policy')
  const { edit, target } = useConditionEdit()
  const { catalogue } = useEditor()
  const opLabel = useOpLabel()
  const { key, comparison } = draft
  const found = findFact(comparison.fact, target, catalogue.facts)
  const { error, warning } = useFaults(path, { within: true })
  const put = (next: typeof comparison) => edit((root) => setComparison(root, key, next))
  return (
    <div className={`comparison${isNegated ? ' is-negated' : ''}${error ? ' is-faulty' : ''}`} data-part={key}>
      <div className="comparison-row">
        {isNegated && <span className="not-mark">{t('condition.notMark')}</span>}
        <FactSelect
          target={target}
          name={comparison.fact}
          onChange={(next) => put(withFact(comparison, next.name, next.fact, found?.fact ?? null))}
        />
        {found && (
          <select
            className="op"
            aria-label={t('condition.op')}
            value={comparison.op}
            onChange={(event) => {
              const op = found.fact.ops.find((one) => one === event.target.value)
              if (op) put(withOp(comparison, op, found.fact))
            }}
          >
            {found.fact.ops.map((op) => (
              <option key={op} value={op}>
                {opLabel(op, found.fact.type)}
              </option>
            ))}
          </select>
        )}
        {found && (
          <ValueInput
            fact={found.fact}
            comparison={comparison}
            onChange={(value) => put({ ...comparison, value })}
            isFaulty={error !== null}
          />
        )}
        <PartTools part={draft} isRoot={isRoot} isNegated={isNegated} />
      </div>
      {comparison.fact === '' ? (
        <p className="field-hint">{t('condition.chooseFact')}</p>
      ) : (
        error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )
      )}
      {warning && <p className="field-warning">{warning}</p>}
      {isRoot && (
        <Button
          onClick={() => {
            const part = newComparison()
            edit((root) => addPart(root, root.key, part), part.key)
          }}
        >
          {t('condition.addComparison')}
        </Button>
      )}
    </div>
  )
}
