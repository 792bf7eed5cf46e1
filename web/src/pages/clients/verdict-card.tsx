import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { SegmentChip } from '../../ui/segment-chip.tsx'
import { Stat } from '../../ui/stat.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { Answer, Client, Verdict } from './clients-types.ts'
import { LockControl } from './lock-control.tsx'

interface VerdictCardProps {
  readonly client: Client
  readonly verdict: Verdict
}

/** What the client is in every dimension, and why. */
export const VerdictCard = ({ client, verdict }: VerdictCardProps) => {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const { ltv, averageCheck, rfm } = verdict.value
  return (
    <Card
      title={t('verdict.title')}
      hint={client.readAt && t('verdict.readAt', { when: format.relative(client.readAt) })}
    >
      <ul className="answers">
        {verdict.answers.map((answer) => (
          <AnswerLine key={answer.dimension} answer={answer} client={client} />
        ))}
      </ul>
      <dl className="stats">
        <Stat label={t('column.ltv')} value={format.money(ltv)} />
        <Stat label={t('verdict.averageCheck')} value={averageCheck === null ? '—' : format.money(averageCheck)} />
        <Stat label={t('column.purchases')} value={format.number(client.purchases.length)} />
        {rfm && <Stat label="RFM" value={`${rfm.recency}-${rfm.frequency}-${rfm.monetary}`} hint={t('verdict.rfm')} />}
      </dl>
    </Card>
  )
}

const AnswerLine = ({ answer, client }: { readonly answer: Answer; readonly client: Client }) => {
  const { t } = useTranslation('clients')
  const { lang } = useApi()
  const { dimension, segment, reason } = answer
  return (
    <li className="answer">
      <span className="answer-name">{t(`dimension.${dimension}`)}</span>
      {segment !== null && <SegmentChip dimension={dimension === 'value' ? 'tier' : dimension} segment={segment} />}
      <LockControl client={client} answer={answer} />
      <p className="answer-reason">{reason[lang]}</p>
    </li>
  )
}
