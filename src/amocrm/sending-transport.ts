import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

export interface Sending {
  readonly connectTimeoutMs: number
  /** Called once, when the request's bytes leave for an established connection. */
  readonly onSent: () => void
}

/** Node's own transport in the form axios takes, which tells when a request truly goes out and limits connecting. */
export function sendingTransport(secure: boolean, { connectTimeoutMs, onSent }: Sending) {
  return {
    request(options: RequestOptions, onResponse: (response: IncomingMessage) => void): ClientRequest {
      const request = secure ? https.request(options, onResponse) : http.request(options, onResponse)
      const timer = setTimeout(
        () => request.destroy(new Error(`no connection within ${connectTimeoutMs} ms`)),
        connectTimeoutMs,
      )
      let isSent = false
      const connected = () => {
        clearTimeout(timer)
        if (!isSent) onSent()
        isSent = true
      }
      request.once('socket', (socket: Socket) => whenConnected(socket, connected))
      // Stand-ins for sockets, as tests use them, may never say that they are connected.
      request.once('response', connected)
      request.once('close', () => clearTimeout(timer))
      return request
    },
  }
}

function whenConnected(socket: Socket, connected: () => void): void {
  if (!socket.connecting) connected()
  else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', connected)
}
