import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'

/** Before a row was measured, px. */
const ROW_HEIGHT = 44

/** More rows are asked for when so many are left below. */
const SOON = 15

interface SeenRowsOptions {
  readonly scroller: RefObject<HTMLElement | null>
  /** Rows that are here. */
  readonly count: number
  /** Rows there are. */
  readonly total: number
  /** False: the list does not scroll, so every row is drawn. */
  readonly isVirtual: boolean
  readonly onEnd: (() => void) | undefined
}

/** Which rows are to be drawn, and how much room those above and below take, px. */
export const useSeenRows = ({ scroller, count, total, isVirtual, onEnd }: SeenRowsOptions) => {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    enabled: isVirtual,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (isVirtual && last >= count - SOON && count < total) onEnd?.()
  }, [isVirtual, last, count, total, onEnd])
  if (!isVirtual)
    return { indexes: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, measure: null }
  return {
    indexes: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtual.measureElement,
  }
}
