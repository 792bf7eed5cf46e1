import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isPermissive, licencePage } from './licence-page.ts'
import { LICENCES_FILE, readShipped } from './read-shipped.ts'
import { importedPackages, shippedPackages } from './shipped-packages.ts'

describe('what is shipped', () => {
  it('is listed, current to the last package', () => {
    expect(readFileSync(LICENCES_FILE, 'utf8'), 'run npm run licences').toBe(licencePage(readShipped()))
  })

  it('holds what the service and the web app stand on', () => {
    const names = readShipped().map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['fastify', 'bullmq', 'ioredis', 'react', 'react-dom']))
    expect(names).not.toContain('vitest')
  })

  it('is under permissive licences only', () => {
    expect(readShipped().filter(({ licence }) => !isPermissive(licence))).toEqual([])
  })
})

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['Apache-2.0 AND MIT', true],
    ['MIT AND GPL-3.0-only', false],
    ['AGPL-3.0-only', false],
    ['UNLICENSED', false],
    ['', false],
  ])('"%s" is permissive: %s', (licence, expected) => {
    expect(isPermissive(licence)).toBe(expected)
  })
})

describe('the list', () => {
  it('takes what is installed, and what the web app needs, from where it is found', () => {
    const lock = {
      '': { version: '1.0.0' },
      'node_modules/server': { version: '1.0.0', license: 'MIT', optionalDependencies: { 'server-win32': '1' } },
      'node_modules/server-win32': { version: '1.0.0' },
      'node_modules/page': { version: '2.0.0', license: 'ISC', dev: true, dependencies: { part: '1' } },
      'node_modules/part': { version: '9.0.0', license: 'AGPL-3.0', dev: true },
      'node_modules/page/node_modules/part': {
        version: '1.0.0',
        license: 'MIT',
        dev: true,
        dependencies: { deep: '1' },
      },
      'node_modules/deep': { version: '3.0.0', license: '0BSD', dev: true },
      'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true },
    }
    expect(shippedPackages(lock, ['page'])).toEqual([
      { name: 'deep', version: '3.0.0', licence: '0BSD', where: ['web app'] },
      { name: 'page', version: '2.0.0', licence: 'ISC', where: ['web app'] },
      { name: 'part', version: '1.0.0', licence: 'MIT', where: ['web app'] },
      { name: 'server', version: '1.0.0', licence: 'MIT', where: ['service'] },
      { name: 'server-win32', version: '1.0.0', licence: 'MIT', where: ['service'] },
    ])
  })

  it('sees every way to import', () => {
    const source = `
      import { a } from 'one'
      import type { B } from 'types-only'
      import {
        c,
      } from '@scope/two/inside'
      import 'three/style.css'
      const four = await import('four')
      export { d } from 'five'
      import { e } from './own.ts'`
    expect(importedPackages(source)).toEqual(['one', '@scope/two', 'three', 'four', 'five'])
  })
})
