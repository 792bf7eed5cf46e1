import type { AccountTraits } from '../amocrm/account-traits.ts'
import type { AmoApi } from '../amocrm/amo-api.ts'
import { AmoHttp } from '../amocrm/amo-http.ts'
import { type AmoApiOptions, createAmoApi } from '../amocrm/create-amo-api.ts'
import { OauthClient } from '../amocrm/oauth-client.ts'
import type { KeptFields } from '../amocrm/read-cards.ts'
import type { TokenPair, TokenStore } from '../amocrm/token-store.ts'
import { AccountNotes } from '../store/account-notes.ts'
import type { RedisClient } from '../store/redis-client.ts'
import type { ApiOwner, OpenApi } from '../sync/account-contexts.ts'
import type { AppContext } from './app-context.ts'
import type { Stores } from './open-stores.ts'
import { sharedLimits } from './shared-limits.ts'

/** The ways to amoCRM that the workers are given. */
export interface AmocrmAccess {
  /** The API of an installed account, with its stored tokens: one at a time, made anew when it moved or was installed again. */
  apiOf(account: ApiOwner): OpenApi
  /** The API behind a token pair whose account is not known yet. Never refreshes: the pair is not its own. */
  apiWith(host: string, pair: TokenPair): AmoApi
  /** Throws AmoError; an Error when there are no OAuth credentials. */
  exchangeCode(host: string, code: string): Promise<TokenPair>
}

/** Opens the ways to amoCRM over the workers' connection and stores; connections to amoCRM are shared by accounts. */
export const openAmocrm = (
  { config, keys, log, clock, metrics, tracing }: AppContext,
  redis: RedisClient,
  stores: Stores,
): AmocrmAccess => {
  const { integration, allowedHosts, apiOrigin, requestsPerSecond } = config.amocrm
  const shared = sharedLimits(keys, config.amocrm)
  const http = new AmoHttp({ allowedHosts, ...(apiOrigin === null ? {} : { apiOrigin }) })
  const common = {
    oauth: integration,
    allowedHosts,
    http,
    redis,
    requestsPerSecond,
    logger: log,
    events: { ...metrics?.amocrm, ...(tracing && { around: tracing.around }) },
    now: clock,
  }
  const create = (
    own: Pick<AmoApiOptions, 'accountId' | 'host' | 'tokens' | 'keyOf' | 'traits' | 'keepFields' | 'onMoved'>,
  ): AmoApi => createAmoApi({ ...common, ...own, sharedLimit: shared(own.host) })
  const apis = new Map<number, { readonly of: string; readonly opened: OpenApi }>()

  return {
    apiOf({ id, host, connectedAt = 0 }) {
      const of = `${host} ${connectedAt}`
      const known = apis.get(id)
      if (known?.of === of) return known.opened
      const keyOf = (name: string) => keys.of(id, name)
      const traits = noteTraits(new AccountNotes(redis, keys, id))
      // Nothing is kept until the account's policy says what it looks at.
      const keepFields: KeptFields = { leads: new Set(), contacts: new Set(), companies: new Set() }
      const opened = {
        keepFields,
        api: create({
          ...{ accountId: id, host, tokens: stores.vault, keyOf, traits, keepFields },
          onMoved: (to) => stores.accounts.patch(id, { host: to, subdomain: to.split('.')[0] ?? to }),
        }),
      }
      apis.set(id, { of, opened })
      return opened
    },
    apiWith: (host, pair) =>
      create({
        accountId: 0,
        host,
        tokens: fixedToken({ ...pair, refreshToken: null }),
        keyOf: (name) => `${keys.root}:{install ${host}}:${name}`,
        traits: forgetfulTraits,
      }),
    async exchangeCode(host, code) {
      if (integration === null) throw new Error('installations need AMOCRM_CLIENT_ID and AMOCRM_CLIENT_SECRET')
      return new OauthClient(http, integration, clock).exchangeCode(host, code)
    },
  }
}

const noteTraits = (notes: AccountNotes): AccountTraits => ({
  get: (name) => notes.get<string>(`trait:${name}`),
  set: (name, value) => notes.set(`trait:${name}`, value),
})

const forgetfulTraits: AccountTraits = { get: async () => null, set: async () => {} }

const fixedToken = (pair: TokenPair): TokenStore => ({
  readTokens: async () => pair,
  replaceTokens: async () => true,
  withRefreshLock: (_, work) => work(),
})
