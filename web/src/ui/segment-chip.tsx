import { useSegmentName } from './segment-names.ts'

interface SegmentChipProps {
  /** `lifecycle`, `temperature`, `standing`, `tier`, or `rule:` and an id. */
  readonly dimension: string
  /** Null shows a dash. */
  readonly segment: string | null
}

/** A segment by its name, in its colour. */
export const SegmentChip = ({ dimension, segment }: SegmentChipProps) => {
  const nameOf = useSegmentName()
  if (segment === null) return <span className="muted">—</span>
  const kind = dimension.startsWith('rule:') ? 'rule' : dimension
  return (
    <span className={`chip chip-${kind} chip-${segment.replaceAll(/[^a-z_]/g, '')}`}>{nameOf(dimension, segment)}</span>
  )
}
