import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import { Money } from '../../../ui/money.tsx'
import { When } from '../../../ui/when.tsx'
import { usePipelineNames } from '../inputs/pipeline-names.ts'
import type { PurchaseSample } from '../policy-types.ts'

type Sampled = Omit<PurchaseSample['ignored']['newest'][number], 'reason'>

interface SampledDealsProps {
  readonly title: string
  readonly summary: string
  readonly empty: string
  readonly deals: readonly Sampled[]
}

/** Deals with why each counts, or does not; they open in amoCRM. */
export const SampledDeals = ({ title, summary, empty, deals }: SampledDealsProps) => {
  const { t } = useTranslation('policy')
  const { account } = useAccount()
  const { pipelineName, statusName } = usePipelineNames()
  const id = useId()
  return (
    <section className="sampled" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p className="muted">{deals.length === 0 ? empty : summary}</p>
      <ul className="deal-list">
        {deals.map(({ dealId, at, price, pipelineId, statusId, why }) => (
          <li key={dealId}>
            <a href={`https://${account.host}/leads/detail/${dealId}`} target="_blank" rel="noreferrer">
              {t('sample.deal', { id: dealId })}
            </a>
            <When at={at} />
            <Money amount={price ?? 0} />
            <span className="deal-where">
              {pipelineName(pipelineId)} · {statusName(pipelineId, statusId)}
            </span>
            <span className="muted deal-why">{why}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
