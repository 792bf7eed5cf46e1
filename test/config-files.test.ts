import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { developmentKey } from '../src/config/development-key.ts'
import { loadConfig } from '../src/config/load-config.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const load = (raw: Record<string, string>) =>
  loadConfig({ envFile: join(folder, '.env'), dataDir: join(folder, 'data'), environment: raw })

describe('loadConfig', () => {
  it('reads .env below the environment; an empty variable hides nothing', async () => {
    await writeFile(join(folder, '.env'), 'PORT=4000\nHOST=0.0.0.0\nLOG_LEVEL=warn # less\n')
    const { config } = load({ PORT: '5000', HOST: '' })
    expect(config).toMatchObject({ port: 5000, host: '0.0.0.0', logLevel: 'warn' })
  })

  it('does without .env', () => {
    expect(load({}).config.port).toBe(3000)
  })

  it('makes an encryption key outside production, keeps it, and warns', () => {
    const first = load({})
    expect(first.config.missing).not.toContain('ENCRYPTION_KEY')
    expect(first.warnings).toEqual([expect.stringContaining('ENCRYPTION_KEY')])
    expect(first.config.encryptionKeys[0]).toHaveLength(32)
    expect(load({}).config.encryptionKeys).toEqual(first.config.encryptionKeys)
  })

  it('makes none in production', () => {
    const { config, warnings } = load({ NODE_ENV: 'production' })
    expect(config.missing).toContain('ENCRYPTION_KEY')
    expect(config.encryptionKeys).toEqual([])
    expect(warnings).toEqual([])
  })
})

describe('developmentKey', () => {
  it('is readable by its owner only', async () => {
    const { file } = developmentKey(folder)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('refuses a file that holds something else', async () => {
    await writeFile(join(folder, 'encryption-key'), 'something else')
    expect(() => developmentKey(folder)).toThrow(/delete it, or set ENCRYPTION_KEY/)
  })
})
