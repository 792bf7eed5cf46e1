import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { EnvironmentSchema } from '../../src/config/environment-schema.ts'
import { parseConfig } from '../../src/config.ts'
import { isThere, readDoc } from './support/read-doc.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const compose = readDoc('docker-compose.yml')
const dockerfile = readDoc('Dockerfile')

/** Where Docker Compose is installed it says itself what it thinks of the file; what follows is held to everywhere. */
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0
const CHECKED_PROFILES = hasCompose ? ['none', 'tls', 'sandbox', 'tls sandbox'] : []

/** The lines of one service. */
const service = (name: string): string => {
  const [, after = ''] = compose.split(`\n  ${name}:\n`)
  return after.split(/^ {0,2}\S/m)[0] ?? ''
}

/** The variables a service sets itself. */
const environmentOf = (text: string): Record<string, string> => {
  const [, after = ''] = text.split(/^ +environment:\n/m)
  const lines = /^(?: +[A-Z_]+: .*\n)+/.exec(after)?.[0].split('\n') ?? []
  return Object.fromEntries(
    lines
      .map((line) => /^ +([A-Z_]+): "?(.*?)"?$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', value = '']) => [name, value]),
  )
}

describe('docker-compose.yml', () => {
  it.each(CHECKED_PROFILES)('is taken by Docker Compose with profiles "%s"', (profiles) => {
    const options = profiles.split(' ').flatMap((profile) => ['--profile', profile])
    const run = spawnSync('docker', ['compose', ...options, 'config', '--quiet'], { cwd: ROOT, encoding: 'utf8' })
    expect([run.status, run.stderr]).toEqual([0, ''])
  })

  it('runs HTTP and workers apart, over a Redis that loses nothing and forgets nothing', () => {
    expect(service('app')).toContain('"dist/main.js", "web"')
    expect(service('worker')).toContain('"dist/main.js", "worker"')
    const redis = service('redis')
    for (const part of ['--appendonly yes', '--maxmemory-policy noeviction', 'healthcheck:', 'redis-data:/data'])
      expect(redis).toContain(part)
    expect(compose).toMatch(/^volumes:\n(?: {2}[\w-]+:\n)* {2}redis-data:/m)
  })

  it('sets settings that there are, and each container of the service answers the check of its health', () => {
    const settings = environmentOf(compose.split('\nx-settings:')[1] ?? '')
    const trial = environmentOf(service('trial'))
    expect(Object.keys(EnvironmentSchema.shape)).toEqual(expect.arrayContaining(Object.keys({ ...settings, ...trial })))
    expect(parseConfig(settings)).toMatchObject({ production: true, host: '0.0.0.0', port: 3000, workerPort: 3000 })
    expect(parseConfig(trial).missing).toEqual([])
  })

  it('leaves more time to end than the program takes', () => {
    const limit = /const CLOSING_LIMIT_MS = ([\d_]+)/.exec(readDoc('src/main.ts'))?.[1]?.replace('_', '')
    const grace = /stop_grace_period: (\d+)s/.exec(compose)?.[1]
    expect(Number(limit)).toBeLessThan(Number(grace) * 1000)
    expect(Number(grace)).toBeLessThanOrEqual(30)
  })

  it('mounts files and builds stages that there are', () => {
    const mounted = [...compose.matchAll(/- \.\/(\S+?):/g)].map(([, path = '']) => path)
    expect(mounted.filter((path) => !isThere(path))).toEqual([])
    const stages = [...dockerfile.matchAll(/ AS (\w+)$/gm)].map(([, name]) => name)
    for (const [, target] of compose.matchAll(/target: (\w+)/g)) expect(stages).toContain(target)
  })
})

describe('the image', () => {
  it('is made of what the build is let see', () => {
    const seen = readDoc('.dockerignore')
    for (const path of [
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'src',
      'web',
      'sandbox',
    ])
      expect(seen.split('\n')).toContain(`!${path}`)
  })

  it('runs the built program as nobody special, with what it needs at run time only', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
    expect(last).toContain('USER node')
    expect(last).toContain('ENTRYPOINT ["tini", "--"]')
    expect(last).toContain('CMD ["node", "dist/main.js", "serve"]')
    expect(last).toMatch(/^HEALTHCHECK .*\n.*\/health\/live/m)
    expect(last).not.toMatch(/\bsrc\b|tsx|npx/)
    expect(dockerfile).toMatch(/ AS dependencies\n[\s\S]*npm ci --omit=dev --omit=optional/)
  })
})
