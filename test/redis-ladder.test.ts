import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { awaitPing } from '../src/redis-ladder/answers-ping.ts'
import { findOnPath } from '../src/redis-ladder/find-on-path.ts'
import { type OpenRedis, openRedis, type RedisLadderOptions } from '../src/redis-ladder.ts'

const server = findOnPath(['redis-server', 'valkey-server'], process.env.PATH ?? '')

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'redis-ladder-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const open = async (changes: Partial<RedisLadderOptions> = {}): Promise<OpenRedis> => {
  const redis = await openRedis({ redisUrl: null, production: false, dataDir, ...changes })
  onTestFinished(() => redis.close())
  return redis
}

const withClient = async <T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> => {
  const redis = new Redis(url, { lazyConnect: true })
  await redis.connect()
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

const portOf = (url: string): number => Number(new URL(url).port)

/** A PATH with the tools a shell needs and no Redis. */
const pathWithoutRedis = (): string =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => findOnPath(['redis-server', 'valkey-server'], folder) === null)
    .join(delimiter)

describe('the first rung', () => {
  it('is REDIS_URL, taken as it is and left running', async () => {
    const redis = await open({ redisUrl: 'redis://elsewhere:6379/3', searchPath: '' })
    expect(redis).toMatchObject({ url: 'redis://elsewhere:6379/3', source: 'url' })
  })
})

describe.runIf(server !== null)('the second rung, a server on PATH', () => {
  it('listens on loopback, keeps an append-only file and never evicts', async () => {
    const { url, source } = await open()
    expect(source).toBe('server')
    expect(new URL(url).hostname).toBe('127.0.0.1')
    const settings = await withClient(url, async (redis) => ({
      appendonly: await redis.config('GET', 'appendonly'),
      fsync: await redis.config('GET', 'appendfsync'),
      policy: await redis.config('GET', 'maxmemory-policy'),
      bind: await redis.config('GET', 'bind'),
    }))
    expect(settings).toEqual({
      appendonly: ['appendonly', 'yes'],
      fsync: ['appendfsync', 'everysec'],
      policy: ['maxmemory-policy', 'noeviction'],
      bind: ['bind', '127.0.0.1'],
    })
  })

  it('keeps data from one run to the next', async () => {
    const first = await open()
    await withClient(first.url, (redis) => redis.set('kept', 'yes'))
    await first.close()
    const second = await open()
    expect(await withClient(second.url, (redis) => redis.get('kept'))).toBe('yes')
  })

  it('is shared by those who use one data folder, and ended by the one who started it', async () => {
    const [keeper, guest] = [await open(), await open()]
    expect(guest.url).toBe(keeper.url)
    await guest.close()
    expect(await withClient(keeper.url, (redis) => redis.ping())).toBe('PONG')
    await keeper.close()
    expect(await awaitPing(portOf(keeper.url), false, 5_000)).toBe(true)
  })

  it('is started once when many come together', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => open()))
    expect(new Set(all.map((redis) => redis.url)).size).toBe(1)
  })

  it('leaves nothing behind but its data', async () => {
    const redis = await open()
    await redis.close()
    expect(await readdir(dataDir)).toEqual(['redis'])
  })

  it('goes when its keeper is killed, and the next run takes over the data', async () => {
    const keeper = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', keeperProgram(dataDir)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(keeper.stdout, 'data')) as [Buffer]
    const url = said.toString().trim()
    await withClient(url, (redis) => redis.set('kept', 'yes'))
    keeper.kill('SIGKILL')
    await once(keeper, 'exit')
    const next = await open()
    expect(await withClient(next.url, (redis) => redis.get('kept'))).toBe('yes')
  })

  it('says so when the folder is claimed and the claim cannot be read', async () => {
    await writeFile(join(dataDir, 'redis.json'), '{')
    await expect(open()).rejects.toThrow(/redis\.json cannot be read; delete it/)
  })

  it('repeats what the server said when it does not start, and frees the folder', async () => {
    const folder = join(dataDir, 'bin')
    await mkdir(folder)
    await writeFile(join(folder, 'redis-server'), '#!/bin/sh\necho "bad option"; exit 1\n', { mode: 0o755 })
    await expect(open({ searchPath: folder })).rejects.toThrow(/redis-server did not start .* bad option/)
    expect(await readdir(dataDir)).not.toContain('redis.json')
  })
})

describe('the third rung, in memory', () => {
  it('holds where no server is on PATH, with a plain warning', async () => {
    const warnings: string[] = []
    const redis = await open({ searchPath: pathWithoutRedis(), warn: (sentence) => warnings.push(sentence) })
    expect(redis.source).toBe('embedded')
    expect(warnings).toEqual([expect.stringContaining('in memory only')])
    expect(await withClient(redis.url, (client) => client.set('key', 'value'))).toBe('OK')
  })

  it('listens on loopback only', async () => {
    const { url } = await open({ searchPath: pathWithoutRedis() })
    const foreign = connect({ host: '127.0.0.2', port: portOf(url) })
    const [error] = await once(foreign, 'error')
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('is refused in production, with what to do', async () => {
    await expect(open({ searchPath: '', production: true })).rejects.toThrow(/set REDIS_URL/)
  })
})

describe('findOnPath', () => {
  it('prefers an earlier name, skips empty folders and answers null for none', () => {
    const folder = dirname(process.execPath)
    expect(findOnPath(['node'], ['', '/nowhere', folder].join(delimiter))).toBe(join(folder, 'node'))
    expect(findOnPath(['no-such-program', 'node'], folder)).toBe(join(folder, 'node'))
    expect(findOnPath(['no-such-program'], folder)).toBeNull()
  })
})

const keeperProgram = (folder: string): string => `
  import { openRedis } from ${JSON.stringify(new URL('../src/redis-ladder.ts', import.meta.url).href)}
  const redis = await openRedis({ redisUrl: null, production: false, dataDir: ${JSON.stringify(folder)} })
  console.log(redis.url)
  setInterval(() => {}, 1000)
`
