import type { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { checkRedis } from '../../src/cli/doctor/check-redis.ts'

interface Telling {
  readonly info?: string
  readonly clockAheadMs?: number
}

const GOOD = {
  redis_version: '7.4.1',
  maxmemory_policy: 'noeviction',
  aof_enabled: '1',
  used_memory: '10',
  maxmemory: '0',
}

/** A Redis that says this of itself. */
const saying = ({ info = '', clockAheadMs = 0 }: Telling) => {
  const answers = {
    info: async () => info,
    ping: async () => 'PONG',
    time: async () => {
      const now = Date.now() + clockAheadMs
      return [String(Math.floor(now / 1000)), String((now % 1000) * 1000)]
    },
  }
  return answers as unknown as Redis
}

const levels = async (told: Partial<Record<keyof typeof GOOD, string>>, more: Telling = {}) => {
  const fields = Object.entries({ ...GOOD, ...told }).map(([name, value]) => `${name}:${value}\r\n`)
  const findings = await checkRedis(saying({ info: `# Server\r\n${fields.join('')}`, ...more }))
  return Object.fromEntries(findings.map(({ check, level }) => [check, level]))
}

describe('what the doctor says of Redis', () => {
  it('is nothing but good of one that loses nothing', async () => {
    expect(new Set(Object.values(await levels({})))).toEqual(new Set(['ok']))
  })

  it.each([
    ['5.0.14', 'fail'],
    ['6.0.16', 'fail'],
    ['6.2.0', 'ok'],
    ['8.0.2', 'ok'],
  ])('by version: %s is %s', async (version, level) => {
    expect((await levels({ redis_version: version }))['redis.version']).toBe(level)
  })

  it.each([
    ['evicts', { maxmemory_policy: 'allkeys-lru' }, 'redis.policy', 'fail'],
    ['keeps no append-only file', { aof_enabled: '0' }, 'redis.aof', 'fail'],
    ['is nearly full', { used_memory: '90', maxmemory: '100' }, 'redis.memory', 'warn'],
    ['has room', { used_memory: '50', maxmemory: '100' }, 'redis.memory', 'ok'],
  ] as const)('that %s', async (_, told, check, level) => {
    expect((await levels(told))[check]).toBe(level)
  })

  it('is that its clock is another', async () => {
    expect((await levels({}, { clockAheadMs: 60_000 }))['redis.clock']).toBe('warn')
  })

  it('is a warning where it tells nothing', async () => {
    const findings = await checkRedis(saying({}))
    expect(findings.filter(({ level }) => level === 'warn').map(({ check }) => check)).toEqual([
      'redis.version',
      'redis.policy',
      'redis.aof',
    ])
    expect(findings.every(({ level, advice }) => level === 'ok' || advice !== undefined)).toBe(true)
  })
})
