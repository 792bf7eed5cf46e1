import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useSegments } from '../../ui/segment-names.ts'
import { isFiltered, joinSegment, type ListFilter } from './list-filter.ts'

interface ClientFiltersProps {
  readonly filter: ListFilter
  readonly onChange: (part: Partial<ListFilter>) => void
}

/** Typing is over when nothing came for so long, ms. */
const TYPED_MS = 250

const TERMS = ['7', '30'] as const

/** What is asked of the list: words, a segment or rule, a manager, who falls asleep soon. */
export const ClientFilters = ({ filter, onChange }: ClientFiltersProps) => {
  const { t } = useTranslation('clients')
  const { users } = useAccount().structure
  return (
    <search className="filters">
      <SearchField value={filter.search} onSearch={(search) => onChange({ search })} />
      <Field label={t('filter.segment')}>
        {(aria) => <SegmentSelect {...aria} value={filter.segment} onValue={(segment) => onChange({ segment })} />}
      </Field>
      <Field label={t('filter.manager')}>
        {(aria) => (
          <select
            {...aria}
            value={filter.responsibleUserId}
            onChange={(event) => onChange({ responsibleUserId: event.target.value })}
          >
            <option value="">{t('filter.anyManager')}</option>
            {users.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('filter.sleeps')}>
        {(aria) => (
          <select
            {...aria}
            value={filter.sleepsWithinDays}
            onChange={(event) => onChange({ sleepsWithinDays: event.target.value })}
          >
            <option value="">{t('filter.anySleep')}</option>
            {TERMS.map((days) => (
              <option key={days} value={days}>
                {t('filter.sleepsWithin', { count: Number(days) })}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isFiltered(filter) && (
        <Button
          kind="link"
          onClick={() => onChange({ segment: '', responsibleUserId: '', search: '', sleepsWithinDays: '' })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </search>
  )
}

interface SearchFieldProps {
  readonly value: string
  readonly onSearch: (text: string) => void
}

const SearchField = ({ value, onSearch }: SearchFieldProps) => {
  const { t } = useTranslation('clients')
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onSearch(typed), TYPED_MS)
    return () => clearTimeout(timer)
  }, [typed, value, onSearch])
  return (
    <Field label={t('filter.search')}>
      {(aria) => (
        <input
          {...aria}
          type="search"
          value={typed}
          maxLength={100}
          placeholder={t('filter.searchHint')}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </Field>
  )
}

interface SegmentSelectProps {
  readonly id: string
  readonly value: string
  readonly onValue: (value: string) => void
}

/** Segments by dimension; rules together. */
const SegmentSelect = ({ id, value, onValue }: SegmentSelectProps) => {
  const { t } = useTranslation('clients')
  const { lang } = useApi()
  const segments = useSegments().data?.segments ?? []
  const groups = [...new Set(segments.map(groupOf))]
  return (
    <select id={id} value={value} onChange={(event) => onValue(event.target.value)}>
      <option value="">{t('filter.anySegment')}</option>
      {groups.map((group) => (
        <optgroup key={group} label={t(`dimension.${group}`)}>
          {segments
            .filter((one) => groupOf(one) === group)
            .map(({ dimension, segment, name }) => (
              <option key={joinSegment(dimension, segment)} value={joinSegment(dimension, segment)}>
                {name[lang]}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  )
}

const groupOf = ({ dimension }: { readonly dimension: string }): string =>
  dimension.startsWith('rule:') ? 'rule' : dimension
