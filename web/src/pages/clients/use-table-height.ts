import { useSyncExternalStore } from 'react'

/** Of the window for what stands above the list, and the least a list is worth, px. */
const ABOVE = 330
const LEAST = 380

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/** The height that makes a list fill the rest of the window. */
export const useTableHeight = (): number =>
  useSyncExternalStore(subscribe, () => Math.max(LEAST, window.innerHeight - ABOVE))
