import { useFormat } from './use-format.ts'

interface WhenProps {
  /** ISO 8601; null shows a dash. */
  readonly at: string | null
  /** Default `day`. The full moment is always on hover. */
  readonly as?: 'day' | 'moment' | 'relative'
}

/** An instant in the account's time zone. */
export const When = ({ at, as = 'day' }: WhenProps) => {
  const format = useFormat()
  if (at === null) return <span className="muted">—</span>
  return (
    <time dateTime={at} title={format.moment(at)}>
      {format[as](at)}
    </time>
  )
}
