import { useTranslation } from 'react-i18next'
import type { Fact } from '../policy-types.ts'
import type { DraftComparison } from './draft.ts'
import { useFactChoices } from './fact-choices.ts'
import { arityOf } from './fit-comparison.ts'
import { ManyValues } from './many-values.tsx'
import { OneValue } from './one-value.tsx'

interface ValueInputProps {
  readonly fact: Fact
  readonly comparison: DraftComparison
  readonly onChange: (value: unknown) => void
  readonly isFaulty: boolean
}

/** What a fact is compared with: nothing, one value, a range, or any of a list. */
export const ValueInput = ({ fact, comparison: { op, value }, onChange, isFaulty }: ValueInputProps) => {
  const { t } = useTranslation('policy')
  const choices = useFactChoices()(fact)
  const shared = { fact, op, choices, isFaulty }
  const pair: readonly unknown[] = Array.isArray(value) ? value : [value, value]
  switch (arityOf(op)) {
    case 'none':
      return null
    case 'many':
      return <ManyValues {...shared} values={Array.isArray(value) ? value : []} onChange={onChange} />
    case 'range':
      return (
        <span className="range">
          <OneValue
            {...shared}
            label={t('condition.from')}
            value={pair[0]}
            onChange={(from) => onChange([from, pair[1]])}
          />
          <span aria-hidden="true">–</span>
          <OneValue {...shared} label={t('condition.to')} value={pair[1]} onChange={(to) => onChange([pair[0], to])} />
        </span>
      )
    case 'one':
      return <OneValue {...shared} label={t('condition.value')} value={value} onChange={onChange} />
  }
}
