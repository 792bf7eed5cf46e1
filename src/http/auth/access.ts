/**
 * Who may use a route.
 *
 * - `session`: whoever bears a one-time token of amoCRM, to exchange it.
 * - `read`: anybody of the account in the path, and the operator.
 * - `change`: an administrator of that account, and the operator.
 * - `ops`: the operator alone.
 */
export type Access = 'session' | 'read' | 'change' | 'ops'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route of the API; absent elsewhere. */
    readonly access?: Access
  }
}
