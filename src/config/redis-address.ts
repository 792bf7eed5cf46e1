/** Where Redis is: one server, or a cluster, of which some nodes are named and tell of the others. */
export type RedisAddress =
  | { readonly type: 'server'; readonly url: string }
  | {
      readonly type: 'cluster'
      readonly nodes: readonly { readonly host: string; readonly port: number }[]
      readonly tls: boolean
      /** Of every node. */
      readonly login: { readonly username?: string; readonly password?: string }
    }

const DEFAULT_PORT = 6379

/** Database numbers do not exist in a cluster, so nothing follows the nodes. */
const CLUSTER = /^(rediss?)\+cluster:\/\/(?:([^@/]*)@)?([^@/]+)\/?$/i

/**
 * Reads `redis://…` and `rediss://…` (TLS) as a server, `redis+cluster://user:password@host:port,host:port` and
 * `rediss+cluster://…` as a cluster, the login being optional. Null: it is neither.
 */
export const parseRedisAddress = (text: string): RedisAddress | null => {
  const match = CLUSTER.exec(text)
  if (!match) return isServerUrl(text) ? { type: 'server', url: text } : null
  const [, scheme = '', userInfo = '', list = ''] = match
  const urls = list.split(',').map((node) => urlOf(node))
  const login = loginOf(userInfo)
  if (login === null || !urls.every((url) => url !== null)) return null
  const nodes = urls.map(({ hostname, port }) => ({ host: bare(hostname), port: port ? Number(port) : DEFAULT_PORT }))
  return { type: 'cluster', nodes, tls: scheme.toLowerCase() === 'rediss', login }
}

const isServerUrl = (text: string): boolean =>
  URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol)

const urlOf = (node: string): URL | null => {
  const url = URL.canParse(`redis://${node}`) ? new URL(`redis://${node}`) : null
  return url?.hostname && !url.search && !url.hash ? url : null
}

const loginOf = (userInfo: string): { username?: string; password?: string } | null => {
  const url = urlOf(`${userInfo}@host`)
  if (!url) return null
  const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  return { ...(username && { username }), ...(password && { password }) }
}

/** Addresses of IPv6 stand in brackets in a URL, and without them elsewhere. */
const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')
