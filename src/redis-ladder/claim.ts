import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

const Claim = z.object({ id: z.string(), pid: z.int().positive(), port: z.int().positive() })

/** Who keeps the Redis of a data folder, and where it listens. `id` tells two claims of one recycled pid apart. */
export type Claim = z.infer<typeof Claim>

const stakedHere = new Set<string>()

/** Writes the claim unless there is one already; true: the folder is ours. Atomic across processes. */
export const stakeClaim = async (file: string, claim: Claim): Promise<boolean> => {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${claim.id}`
  await writeFile(draft, JSON.stringify(claim))
  // A link appears whole or not at all; a file made by `wx` can be read before it has been filled.
  const staked = await linked(draft, file)
  await rm(draft, { force: true })
  if (staked) stakedHere.add(claim.id)
  return staked
}

export const readClaim = async (file: string): Promise<Claim | null> => {
  try {
    return Claim.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (isNodeError(error) && error.code === 'ENOENT') return null
    throw new Error(`${file} cannot be read; delete it if no other amo-segments runs in this folder.`, { cause: error })
  }
}

/** Takes away this very claim. One that somebody else staked meanwhile is left, or put back. */
export const dropClaim = async (file: string, claim: Claim): Promise<void> => {
  const aside = `${file}.${claim.id}.old`
  try {
    await rename(file, aside)
  } catch (error) {
    if (isNodeError(error) && error.code === 'ENOENT') return
    throw error
  }
  const taken = await readClaim(aside)
  if (taken !== null && taken.id !== claim.id) await linked(aside, file)
  await rm(aside, { force: true })
}

/** Whether the process that staked the claim still lives, as far as can be told from its pid. */
export const isHeld = (claim: Claim): boolean => {
  // A restarted container gives us the pid of the one before.
  if (claim.pid === process.pid) return stakedHere.has(claim.id)
  try {
    process.kill(claim.pid, 0)
    return true
  } catch (error) {
    return isNodeError(error) && error.code === 'EPERM'
  }
}

const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (isNodeError(error) && error.code === 'EEXIST') return false
    throw error
  }
}

const isNodeError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error
