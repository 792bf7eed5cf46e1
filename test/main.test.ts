import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { AccountStore } from '../src/store/account-store.ts'
import { Keys } from '../src/store/keys.ts'
import { SecretBox } from '../src/store/secret-box.ts'
import { testRecord } from './support/test-context.ts'
import { connectTestRedis } from './support/test-redis.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const TSX = import.meta.resolve('tsx')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', REDIS_URL: inject('redisUrl'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const exitOf = async (child: ChildProcess): Promise<unknown> => (await once(child, 'exit'))[0]

describe('amo-segments serve', () => {
  it('serves until a signal, then closes gracefully', async () => {
    const child = start(['serve'])
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /listening at (http:\S+?)"/.exec(line)?.[1]
      if (address === undefined) continue
      expect((await fetch(`${address}/health/live`)).status).toBe(200)
      break
    }
    child.kill('SIGTERM')
    expect(await exitOf(child)).toBe(0)
  })

  it('refuses malformed settings, all at once, by name', async () => {
    const child = start(['serve'], { PORT: 'x', ENCRYPTION_KEY: 'hush' })
    const [said, code] = await Promise.all([text(child.stderr), exitOf(child)])
    expect(code).toBe(1)
    expect(said).toContain('PORT must be')
    expect(said).toContain('ENCRYPTION_KEY must be')
    expect(said).not.toContain('hush')
  })

  it('refuses to keep data in memory in production', async () => {
    const child = start(['serve'], { NODE_ENV: 'production', REDIS_URL: '', PATH: '' })
    const [said, code] = await Promise.all([text(child.stdout), exitOf(child)])
    expect(code).toBe(1)
    expect(said).toContain('set REDIS_URL')
  })

  it('ends badly, and says why, with a key that opens nothing', async () => {
    const test = await connectTestRedis()
    onTestFinished(() => test.close())
    const keys = new Keys(test.root)
    const accounts = new AccountStore(test.redis, keys, new SecretBox([Buffer.alloc(32, 1)]))
    await accounts.write(testRecord(5))
    await accounts.hookSecret(5)
    const child = start(['serve', '--key-root', test.root], {
      ...{ REDIS_URL: test.url, ENCRYPTION_KEY: Buffer.alloc(32, 2).toString('base64') },
      ...{ AMOCRM_CLIENT_ID: 'a', AMOCRM_CLIENT_SECRET: 'b', PUBLIC_URL: 'https://segments.example.com' },
    })
    const [said, code] = await Promise.all([text(child.stderr), exitOf(child)])
    expect([code, said]).toEqual([1, expect.stringContaining('ENCRYPTION_KEY opens none of the secrets')])
  })
})
