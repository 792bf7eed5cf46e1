import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { documentedSettings } from '../support/settings-docs.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (name: string) => readFileSync(`${ROOT}${name}`, 'utf8')

const DOCUMENTS = ['SECURITY.md', 'docs/privacy.md']

describe('the threat model', () => {
  it('names a test for every threat, and each is there', () => {
    const threats =
      read('SECURITY.md')
        .split('## Threats')[1]
        ?.split('\n## ')[0]
        ?.match(/^\| (?!Threat |-).*$/gm) ?? []
    expect(threats.length).toBeGreaterThan(15)
    for (const threat of threats) expect(threat).toMatch(/`test\/[\w/-]+(?:\.test\.ts)?`/)
    const named = [...read('SECURITY.md').matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path = '']) => path)
    expect(named.filter((path) => !existsSync(`${ROOT}${path}`))).toEqual([])
  })

  it('leaves out no attack that is tried', () => {
    const tried = readdirSync(`${ROOT}test/security`).filter((file) => file.endsWith('.test.ts'))
    const text = read('SECURITY.md')
    expect(tried.filter((file) => file !== 'threat-model.test.ts' && !text.includes(`test/security/${file}`))).toEqual(
      [],
    )
  })
})

describe('what is said of security and privacy', () => {
  const settings = documentedSettings().map(({ name }) => name)
  const routes =
    read('docs/api.md')
      .match(/^\| `[A-Z]+ \/[^`]*`/gm)
      ?.map((row) => row.slice(3, -1)) ?? []

  it.each(DOCUMENTS)('%s names settings, routes and pages that exist', (name) => {
    const text = read(name)
    const variables = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, variable = '']) => variable)
    expect(variables.filter((variable) => !settings.includes(variable))).toEqual([])
    const calls = [...text.matchAll(/`([A-Z]+) \/api\/v1(\/[^`]*)`/g)].map(([, method, path]) => `${method} ${path}`)
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.filter((call) => !routes.includes(call))).toEqual([])
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => new URL(link, `file://${ROOT}${name}`))
    expect(links.filter((link) => !existsSync(link))).toEqual([])
  })

  it('is found from the README', () => {
    for (const name of DOCUMENTS) expect(read('README.md')).toContain(`](${name})`)
  })
})
