import { readFileSync } from 'node:fs'
import { parse } from 'dotenv'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../src/config.ts'
import { documentedSettings, exampleLines, readmeRow } from './support/settings-docs.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const settings = documentedSettings()
const withoutPadding = (row: string) => row.replace(/ +/g, ' ')

describe('every setting is described', () => {
  it.each(settings)('$name', ({ description }) => {
    expect(description).toMatch(/^[A-Z0-9`].*\.$/)
  })
})

describe('.env.example', () => {
  it('shows every setting of the schema, and no other', () => {
    const blocks = read('.env.example').trim().split('\n\n')
    expect(blocks.filter((block) => /^\w+=/m.test(block))).toEqual(settings.map(exampleLines))
  })

  it('is a working configuration as it stands', () => {
    expect(parseConfig(parse(read('.env.example')))).toEqual(parseConfig({}))
  })
})

describe('the table of settings in README.md', () => {
  it('shows every setting of the schema, and no other', () => {
    const rows = read('README.md').match(/^\| `[A-Z_]+` +\|.*$/gm) ?? []
    expect(rows.map(withoutPadding)).toEqual(settings.map(readmeRow).map(withoutPadding))
  })
})
