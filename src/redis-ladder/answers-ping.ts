import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const PING = '*1\r\n$4\r\nPING\r\n'

/** Whether a Redis on this loopback port answers PING within a second. One still loading its data does not. */
export const answersPing = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1000, () => end(false))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
    socket.once('connect', () => socket.write(PING))
    socket.once('data', (data) => end(data.toString('latin1').startsWith('+PONG')))
  })

/** Asks until the answer is `wanted`; false when `limitMs` passed or `signal` fired first. */
export const awaitPing = async (
  port: number,
  wanted: boolean,
  limitMs: number,
  signal?: AbortSignal,
): Promise<boolean> => {
  const end = performance.now() + limitMs
  while (performance.now() < end && signal?.aborted !== true) {
    if ((await answersPing(port)) === wanted) return true
    await delay(20)
  }
  return false
}
