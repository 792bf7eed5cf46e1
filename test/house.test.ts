import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { houseProblems, type SourceFile } from './support/house-rules.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['src', 'web', 'widget', 'sandbox', 'test', 'bench']

const houseFiles = (): SourceFile[] =>
  FOLDERS.filter((folder) => existsSync(`${ROOT}${folder}`)).flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:tsx?|css)$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .map((path) => ({ path: path.slice(ROOT.length), text: readFileSync(path, 'utf8') })),
  )

describe('the house', () => {
  it('is in order', () => {
    const files = houseFiles()
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['src/app.ts', 'src/segmentation/facts.ts', 'web/src/app.tsx', 'test/house.test.ts']),
    )
    expect(houseProblems(files)).toEqual([])
  })
})

describe('the checker finds', () => {
  it.each<[string, string, string]>([
    ['the core importing a package', 'src/segmentation/a.ts', `import { Redis } from 'ioredis'`],
    ['the core importing Node', 'src/segmentation/a.ts', `import { join } from 'node:path'`],
    ['the core importing a type of another room', 'src/segmentation/a.ts', `import type { A } from '../store/a.ts'`],
    ['the core importing from deep inside', 'src/segmentation/rules/a.ts', `export * from '../../amocrm/hal.ts'`],
    ['the core asking the clock', 'src/segmentation/a.ts', 'const now = Date.now()'],
    ['the core asking the date', 'src/segmentation/a.ts', 'const now = new Date()'],
    ['the core throwing dice', 'src/segmentation/a.ts', 'const chance = Math.random()'],
    ['amocrm using sync', 'src/amocrm/a.ts', `import { look } from '../sync/look.ts'`],
    ['amocrm using a value of the store', 'src/amocrm/a.ts', `import { Keys } from '../store/keys.ts'`],
    ['the store using amocrm', 'src/store/a.ts', `import { AmoError } from '../amocrm/amo-error.ts'`],
    ['the store knowing a type of sync', 'src/store/a.ts', `import { type Plan } from '../sync/plan.ts'`],
    ['sync using http', 'src/sync/a.ts', `import { html } from '../http/pages/html.ts'`],
    ['sync using the configuration', 'src/sync/a.ts', `import { parseConfig } from '../config.ts'`],
    ['http calling the API', 'src/http/a.ts', `import { OauthClient } from '../amocrm/oauth-client.ts'`],
    ['a type beside a value', 'src/store/a.ts', `import { type TokenPair, b } from '../amocrm/token-store.ts'`],
    ['a dynamic import', 'src/store/a.ts', `const { a } = await import('../sync/a.ts')`],
    ['an import for its effect', 'src/store/a.ts', `import '../sync/a.ts'`],
    ['an import over several lines', 'src/store/a.ts', `import {\n  one,\n  two,\n} from '../sync/a.ts'`],
    ['the page using a value of the service', 'web/src/a.tsx', `import { answers } from '../../src/http/api/a.ts'`],
    ['the page using the store', 'web/src/a.ts', `import type { Keys } from '../../src/store/keys.ts'`],
    ['the service using the page', 'src/http/a.ts', `import { App } from '../../web/src/app.tsx'`],
    ['the product using the sandbox', 'src/app.ts', `import { start } from '../sandbox/server.ts'`],
    ['the product using a test', 'src/cli/decide.ts', `import type { A } from '../../test/support/a.ts'`],
    ['a default export', 'src/store/a.ts', 'export default function a() {}'],
    ['a default export by name', 'sandbox/a.ts', 'export { a as default }'],
    ['a file that is too long', 'bench/a.ts', 'a\n'.repeat(301)],
  ])('%s', (_, path, text) => {
    expect(houseProblems([{ path, text: `${text}\n` }])).toEqual([expect.stringContaining(`${path}: `)])
  })

  it.each<[string, string, string]>([
    ['zod in the core', 'src/segmentation/a.ts', `import { z } from 'zod'`],
    ['the core within itself', 'src/segmentation/rules/a.ts', `import { a } from '../facts.ts'`],
    ['a clock in a comment of the core', 'src/segmentation/a.ts', '/** Never Date.now(). */\n// nor new Date()'],
    ['an instant made into a date in the core', 'src/segmentation/a.ts', 'const day = new Date(at * 1000)'],
    ['the token port in the store', 'src/store/a.ts', `import type { TokenPair } from '../amocrm/token-store.ts'`],
    ['types only, named one by one', 'src/store/a.ts', `import { type TokenPair } from '../amocrm/token-store.ts'`],
    ['a type of the API in the page', 'web/src/a.ts', `import type { a } from '../../src/http/api/a.ts'`],
    ['the core in the page', 'web/src/a.ts', `import { a } from '../../src/segmentation/verdict.ts'`],
    ['the clock in sync', 'src/sync/a.ts', 'const now = Date.now()'],
    ['everything in the composition root', 'src/app/a.ts', `import { b } from '../sync/b.ts'`],
    ['the sandbox using the product', 'sandbox/a.ts', `import { b } from '../src/amocrm/b.ts'`],
    ['a file of exactly the longest length', 'src/store/a.ts', 'a\n'.repeat(300)],
    ['a default export of a tool’s configuration', 'vitest.config.ts', 'export default {}'],
  ])('nothing wrong with %s', (_, path, text) => {
    expect(houseProblems([{ path, text }])).toEqual([])
  })
})
