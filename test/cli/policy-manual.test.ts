import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { clientFactsSchema } from '../../src/cli/client-facts-schema.ts'
import { checkPolicy } from '../../src/segmentation/check-policy.ts'
import { ACCOUNT, NOON, policyOf } from '../segmentation/rules-support.ts'
import { factLines, settingLines, settingRows, typeLines } from './policy-manual.ts'

let manual = ''
beforeAll(async () => {
  manual = await readFile(new URL('../../docs/policy.md', import.meta.url), 'utf8')
})

/** Rows of the table under a heading. */
const tableUnder = (heading: string): string[] => {
  const [, section = ''] = manual.split(`\n${heading}\n`)
  const [body = ''] = section.split(/\n#{2,3} /)
  return body.split('\n').filter((line) => line.startsWith('| `') || /^\| [a-z]+ \| `/.test(line))
}

const examples = (): string[] => [...manual.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text)

describe('the manual of the policy', () => {
  it('has every setting with its meaning, default and limits, and no other', () => {
    expect(settingRows().length).toBeGreaterThan(50)
    expect(tableUnder('## Settings')).toEqual(settingLines())
  })

  it('has every fact of the catalog, and no other', () => {
    expect(tableUnder('### Facts')).toEqual(factLines())
  })

  it('has every type with its ops, and no other', () => {
    expect(tableUnder('### Types, ops and values')).toEqual(typeLines())
  })

  it('gives an example policy that the checker lets through without a word', () => {
    const example: unknown = JSON.parse(examples()[0] ?? '')
    expect(checkPolicy(policyOf(example), ACCOUNT)).toEqual({ errors: [], warnings: [] })
    expect(Object.keys(policyOf(example)).sort()).toEqual(['schemaVersion', ...Object.keys(Object(example))].sort())
  })

  it('gives an example of facts that can be read', () => {
    const facts = clientFactsSchema({ kind: 'contact', now: NOON }).parse(JSON.parse(examples()[1] ?? ''))
    expect(facts).toMatchObject({ id: 5, kind: 'contact', hasPhone: true, deals: [{ id: 17, price: 12_500 }] })
  })
})
