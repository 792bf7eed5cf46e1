import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { policySchema } from '../../../src/segmentation/policy.ts'

const ROOM = new URL('../../../web/src/pages/policy/', import.meta.url)

/** The program of the form. */
const source = readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx') || name.endsWith('.ts'))
  .map((name) => readFileSync(new URL(name, ROOM), 'utf8'))
  .join('\n')

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly $ref?: string
}

/** Every setting by its path; `#` is the place in a list. What refers to itself, a condition, ends there. */
const pathsOf = (node: Node, path = ''): string[] => {
  const choices = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items ? [node.items] : [])]
  const below = Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
    pathsOf(child, path === '' ? name : `${path}.${name}`),
  )
  const inside = choices.flatMap((choice) => pathsOf(choice, choice === node.items ? `${path}.#` : path))
  const found = [...below, ...inside].filter((one) => one !== path)
  return found.length > 0 ? [...new Set(found)] : [path]
}

const paths = pathsOf(z.toJSONSchema(policySchema, { unrepresentable: 'any' }) as Node)

/** What no one sets: the form of the policy itself, and the names by which the program knows its parts. */
const OWN = /^schemaVersion$|\.id$/

const anyOf = (name: string) => `(?:${name}|\\$\\{\\w+\\})`

/** `useSetting('regular.windowDays')`, also with a part that varies: `targets.${dimension}.field`; or a list, `name: 'rules'`. */
const isSetting = (path: string): boolean =>
  new RegExp(`(?:useSetting\\(|name: )[\`'](?:${path.split('.').map(anyOf).join('\\.')})[\`']`).test(source)

/** `{ ...card, createCard }`, or a name from a list: a part of what is set as a whole. */
const isPart = (name: string): boolean => new RegExp(`[{,] ${name}(?:,| }|: )|'${name}'`).test(source)

describe('the form of the policy', () => {
  it('finds every setting in the schema', () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        'minPrice',
        'value.tiers.#.from',
        'targets.value.field',
        'card.statuses.new',
        'rules.#.when',
      ]),
    )
  })

  it.each(paths.filter((path) => !OWN.test(path)))('can set %s', (path) => {
    const steps = path.split('.')
    const wholes = steps.map((_, index) => steps.slice(0, steps.length - index).join('.'))
    const whole = wholes.find(isSetting)
    expect(whole, 'nothing in the form sets it').toBeDefined()
    const parts = path
      .slice((whole ?? '').length + 1)
      .split('.')
      // A name in two languages is one input.
      .filter((part) => !['', '#', 'ru', 'en'].includes(part))
    expect(parts.filter((part) => !isPart(part))).toEqual([])
  })
})
