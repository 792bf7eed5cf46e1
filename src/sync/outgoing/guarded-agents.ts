import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP, type LookupFunction, Socket } from 'node:net'
import { type AddressGuard, ForbiddenAddressError, plainHost } from './address-guard.ts'

/** Answers every address of a name, as `dns.lookup` with `all`. */
export type ResolveAll = (
  host: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

type Connect = HttpAgent['createConnection']

/**
 * Agents that connect only to addresses the guard lets through. A name is looked up once for each connection, and the
 * very address that was judged is connected to: a name that answers differently the next time (DNS rebinding) or a
 * redirect leads nowhere else. No connection is kept, so each is judged anew.
 */
export const guardedAgents = (
  guard: AddressGuard,
  resolve: ResolveAll = systemLookup,
): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } => {
  const lookup = guardedLookup(guard, resolve)
  return {
    httpAgent: guarded(new HttpAgent({ keepAlive: false }), guard, lookup),
    httpsAgent: guarded(new HttpsAgent({ keepAlive: false }), guard, lookup),
  }
}

const guarded = <A extends HttpAgent>(agent: A, guard: AddressGuard, lookup: LookupFunction): A => {
  const connect = agent.createConnection.bind(agent)
  const createConnection: Connect = (options, done) => {
    const host = plainHost(options.host ?? '')
    // An address is connected to without being looked up.
    if (isIP(host) !== 0 && !guard.mayReach(host, host)) {
      done?.(new ForbiddenAddressError(host, host), new Socket())
      return undefined
    }
    const socket = connect({ ...options, lookup }, done)
    if (socket instanceof Socket) socket.prependOnceListener('connect', () => judgeConnected(guard, host, socket))
    return socket
  }
  return Object.assign(agent, { createConnection })
}

/** Whatever the lookup said: not a byte goes to an address that may not be reached. */
const judgeConnected = (guard: AddressGuard, host: string, socket: Socket): void => {
  const { remoteAddress = '' } = socket
  if (!guard.mayReach(host, remoteAddress)) socket.destroy(new ForbiddenAddressError(host, remoteAddress))
}

const guardedLookup =
  (guard: AddressGuard, resolve: ResolveAll): LookupFunction =>
  (host, options, callback) =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const open = addresses.filter(({ address }) => guard.mayReach(host, address))
      const [first] = open
      if (first === undefined) {
        const found = addresses.map(({ address }) => address).join(', ')
        return callback(new ForbiddenAddressError(host, found), [])
      }
      if (options.all) return callback(null, open)
      return callback(null, first.address, first.family)
    })
