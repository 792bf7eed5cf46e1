import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, languageOf } from '../i18n/language.ts'
import { useAccount } from './account.ts'
import { type Method, type Query, type RequestParts, requestJson } from './request.ts'

/** The API as one account's pages see it. */
export interface Api {
  readonly accountId: number
  readonly lang: Language
  /** Whether this person may change anything; the service decides it again at each request. */
  readonly isAdmin: boolean
  /** @param path under `/accounts/{accountId}`, with its slash, e.g. `/clients` */
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  send<T>(method: Exclude<Method, 'GET'>, path: string, body?: unknown, parts?: RequestParts): Promise<T>
}

/** @throws nothing by itself; its calls reject with ApiError */
export const useApi = (): Api => {
  const { account, caller } = useAccount()
  const { i18n } = useTranslation()
  const lang = languageOf(i18n.language)
  const { id } = account
  const { isAdmin } = caller
  return useMemo(() => {
    const root = `/accounts/${id}`
    return {
      accountId: id,
      lang,
      isAdmin,
      get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
        requestJson<T>('GET', `${root}${path}`, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) }),
      send: <T>(method: Exclude<Method, 'GET'>, path: string, body?: unknown, parts: RequestParts = {}) =>
        requestJson<T>(method, `${root}${path}`, { ...parts, ...(body === undefined ? {} : { body }) }),
    }
  }, [id, lang, isAdmin])
}
