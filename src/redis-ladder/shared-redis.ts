import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { awaitPing } from './answers-ping.ts'
import { startChildRedis } from './child-redis.ts'
import { type Claim, dropClaim, isHeld, readClaim, stakeClaim } from './claim.ts'
import { loopbackPort } from './loopback-port.ts'

const SHARE_LIMIT_MS = 30_000
const DEPARTURE_LIMIT_MS = 15_000

export interface LocalRedis {
  readonly port: number
  close(): Promise<void>
}

/** How to start a Redis server on a port. */
export type RedisCommand = (port: number) => { readonly command: string; readonly args: readonly string[] }

/**
 * One Redis per data folder, whoever comes first: that process starts it and stops it, the others of the same folder
 * use it while it runs. Two servers never write one append-only file.
 */
export const openSharedRedis = async (dataDir: string, start: RedisCommand): Promise<LocalRedis> => {
  const file = join(dataDir, 'redis.json')
  const standing = await readClaim(file)
  if (standing !== null && isHeld(standing)) return share(standing, file)
  if (standing !== null) await bury(standing, file)
  // The port of the run before, if it is free: those who still use it come back by themselves.
  const claim: Claim = { id: randomUUID(), pid: process.pid, port: await loopbackPort(standing?.port) }
  return (await stakeClaim(file, claim)) ? keep(claim, file, start) : openSharedRedis(dataDir, start)
}

const keep = async (claim: Claim, file: string, start: RedisCommand): Promise<LocalRedis> => {
  try {
    const { command, args } = start(claim.port)
    const child = await startChildRedis(command, args, claim.port)
    const close = async () => {
      await child.stop()
      await dropClaim(file, claim)
    }
    return { port: claim.port, close }
  } catch (error) {
    await dropClaim(file, claim)
    throw error
  }
}

const share = async (claim: Claim, file: string): Promise<LocalRedis> => {
  if (await awaitPing(claim.port, true, SHARE_LIMIT_MS)) return { port: claim.port, close: async () => {} }
  throw new Error(
    `${file} says that process ${claim.pid} keeps a Redis on port ${claim.port}, but it does not answer. ` +
      'End that process, or delete the file if it is no amo-segments.',
  )
}

/** Its keeper died; the guard is ending its Redis. Only then may another server open the same data. */
const bury = async (claim: Claim, file: string): Promise<void> => {
  if (!(await awaitPing(claim.port, false, DEPARTURE_LIMIT_MS)))
    throw new Error(`A Redis of an ended run still answers on port ${claim.port}; end it, then delete ${file}.`)
  await dropClaim(file, claim)
}
