import { createContext, use } from 'react'
import type { Caller } from '../api/types.ts'

export const CallerContext = createContext<Caller | null>(null)

/** Who looks at the page; anywhere behind the gate. */
export const useCaller = (): Caller => {
  const caller = use(CallerContext)
  if (caller === null) throw new Error('nobody is signed in around this component')
  return caller
}
