import i18next from 'i18next'
import { useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import type { PolicyForm } from '../form/policy-form.ts'
import { LOST, WON } from '../inputs/pipeline-names.ts'
import type { Fact } from '../policy-types.ts'
import { SEGMENTS, useSegmentLabel } from '../sections/segments.ts'

export interface FactChoice {
  readonly value: string | number
  readonly label: string
  /** Pipeline of a stage. */
  readonly group?: string
}

/** What a fact can be compared with, by its name in the account; null: anything may be written. */
export const useFactChoices = (): ((fact: Fact) => readonly FactChoice[] | null) => {
  const { t } = useTranslation('policy')
  const { pipelines, users, lossReasons } = useAccount().structure
  const tiers = useWatch<PolicyForm, 'value.tiers'>({ name: 'value.tiers' })
  const segmentLabel = useSegmentLabel()
  const named = (list: readonly { readonly id: number; readonly name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }))
  const closing = [WON, LOST].map((id) => ({ value: id, label: t(`status.${id}`), group: t('status.closing') }))
  const stages = pipelines.flatMap(({ name: group, statuses }) =>
    statuses.filter(({ id }) => id !== WON && id !== LOST).map(({ id, name }) => ({ value: id, label: name, group })),
  )
  return (fact) => {
    if (fact.options) return fact.options.map(({ id, value }) => ({ value: id, label: value }))
    switch (fact.reference) {
      case 'pipeline':
        return named(pipelines)
      case 'status':
        return [...stages, ...closing]
      case 'user':
        return named(users)
      case 'lossReason':
        return named(lossReasons)
    }
    if (fact.name === 'value.tier') return tiers.map(({ label }) => ({ value: label, label }))
    if (fact.choices === undefined) return null
    return fact.choices.map((value) => ({ value, label: choiceLabel(fact.name, value) }))
  }

  function choiceLabel(name: string, value: string): string {
    if (name === 'lifecycle' || name === 'temperature' || name === 'standing') {
      return SEGMENTS[name].some((one) => one === value) ? segmentLabel(name, value) : value
    }
    return i18next.exists(`policy:choice.${name}.${value}`) ? t(`choice.${name}.${value}`) : value
  }
}
