import { useSyncExternalStore } from 'react'

/** Of the window for what stands above the list; on a telephone that is scrolled away, px. */
const ABOVE = 330
const ABOVE_NARROW = 90
const NARROW = 640
const LEAST = 380

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/** The height that makes a list fill the rest of the window. */
export const useTableHeight = (): number =>
  useSyncExternalStore(subscribe, () => {
    const above = window.innerWidth < NARROW ? ABOVE_NARROW : ABOVE
    return Math.max(LEAST, window.innerHeight - above)
  })
