import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * An encryption key kept in a file of the data folder, made at the first call; for trials, never for production.
 * Processes that start together get the same one.
 */
export const developmentKey = (dataDir: string): { readonly key: Buffer; readonly file: string } => {
  const file = join(dataDir, 'encryption-key')
  mkdirSync(dataDir, { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new Error(`${file} holds no encryption key; delete it, or set ENCRYPTION_KEY.`)
  return { key, file }
}
