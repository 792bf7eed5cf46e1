import type { ReactNode } from 'react'

export type Tone = 'plain' | 'good' | 'warn' | 'bad'

interface StatProps {
  readonly label: string
  readonly value: ReactNode
  readonly hint?: ReactNode
  readonly tone?: Tone
}

/** One figure with its name. Several stand in `<dl className="stats">`. */
export const Stat = ({ label, value, hint, tone = 'plain' }: StatProps) => (
  <div className={`stat stat-${tone}`}>
    <dt>{label}</dt>
    <dd className="stat-value">{value}</dd>
    {hint && <dd className="stat-hint">{hint}</dd>}
  </div>
)
