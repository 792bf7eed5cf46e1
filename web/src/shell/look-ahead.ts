import { accountQuery, callerQuery, structureQuery } from '../api/account-queries.ts'
import { queryClient } from '../api/query-client.ts'
import type { Session } from '../api/session.ts'
import { sessionSource } from '../api/session-source.ts'
import { PAGES } from './pages.ts'

const ADDRESS = /^\/app\/accounts\/(\d+)(?:\/(\w+))?/

/**
 * Asks at once for what the address will need: its page, and what stands around every page. Otherwise each of them
 * would wait for the one before it. Answers the names of the texts that will be needed.
 */
export const lookAhead = (): readonly string[] => {
  const [, account, name] = ADDRESS.exec(window.location.pathname) ?? []
  if (account === undefined) return []
  const page = PAGES.find((one) => one.name === name)
  void page?.load()
  const session = sessionSource.current()
  if (session !== null) askFor(Number(account), session)
  return page ? [page.name] : []
}

const askFor = (id: number, session: Session): void => {
  void queryClient.prefetchQuery(callerQuery(session.token))
  void queryClient.prefetchQuery(accountQuery(id))
  void queryClient.prefetchQuery(structureQuery(id))
}
