import { createContext, use } from 'react'
import type { Account, AccountStructure, Caller } from './types.ts'

/** The account that is looked at, and who looks. */
export interface CurrentAccount {
  readonly account: Account
  /** Names of what surrounds the clients; its time zone and currency. */
  readonly structure: AccountStructure
  readonly caller: Caller
}

export const AccountContext = createContext<CurrentAccount | null>(null)

/** Anywhere inside the pages of an account. */
export const useAccount = (): CurrentAccount => {
  const current = use(AccountContext)
  if (current === null) throw new Error('there is no account around this component')
  return current
}
