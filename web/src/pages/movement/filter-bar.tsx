import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { useGet } from '../../api/use-get.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import type { Sources } from './movement-types.ts'
import { PeriodFields } from './period-fields.tsx'
import { useSourceName } from './source-name.ts'
import type { MovementFilter } from './use-movement-filter.ts'

/** Period, manager, pipeline and source: one choice for the whole page. */
export const FilterBar = ({ filter }: { readonly filter: MovementFilter }) => {
  const { t } = useTranslation('movement')
  const { users, pipelines } = useAccount().structure
  const nameOf = useSourceName()
  const sources = useGet<Sources>('/sources').data?.known ?? []
  const known = filter.source === '' || sources.includes(filter.source) ? sources : [filter.source, ...sources]
  const isFiltered = filter.manager + filter.pipeline + filter.source !== ''
  return (
    <search className="card movement-filter" aria-label={t('filter.label')}>
      <PeriodFields period={filter.period} onPeriod={filter.setPeriod} />
      <Choice label={t('filter.manager')} value={filter.manager} onValue={(value) => filter.set('manager', value)}>
        {users.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label={t('filter.pipeline')} value={filter.pipeline} onValue={(value) => filter.set('pipeline', value)}>
        {pipelines.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label={t('filter.source')} value={filter.source} onValue={(value) => filter.set('source', value)}>
        {known.map((source) => (
          <option key={source} value={source}>
            {nameOf(source)}
          </option>
        ))}
      </Choice>
      {isFiltered && (
        <Button kind="link" onClick={filter.clear}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly children: ReactNode
}

const Choice = ({ label, value, onValue, children }: ChoiceProps) => {
  const { t } = useTranslation('movement')
  return (
    <Field label={label}>
      {(aria) => (
        <select {...aria} value={value} onChange={({ target }) => onValue(target.value)}>
          <option value="">{t('filter.all')}</option>
          {children}
        </select>
      )}
    </Field>
  )
}
