import { z } from 'zod'
import { policySchema } from '../../src/segmentation/policy.ts'
import { FACT_CATALOG } from '../../src/segmentation/rules/fact-catalog.ts'
import { FACT_TYPES } from '../../src/segmentation/rules/fact-types.ts'

interface Node {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
  readonly format?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly $ref?: string
}

/** What the manual says of one setting. */
export interface SettingRow {
  readonly path: string
  readonly meaning: string
  readonly byDefault: string
  readonly limits: string
}

/** Where rules refer to what is told elsewhere. */
const TOLD_ELSEWHERE = new Set(['rules[].when', 'rules[].actions[]'])

const alternatives = (node: Node): readonly Node[] => node.anyOf ?? node.oneOf ?? []

const range = (least: number | undefined, most: number | undefined, unit: string): string[] => {
  const shown = (value: number) => (Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value.toLocaleString('en'))
  const [from, to] = [least === undefined ? null : shown(least), most === undefined ? null : shown(most)]
  if (from !== null && to !== null) return [from === to ? `${from}${unit}` : `${from} to ${to}${unit}`]
  if (from !== null) return [`at least ${from}${unit}`]
  return to === null ? [] : [`at most ${to}${unit}`]
}

const limitsOf = (node: Node): string => {
  if (node.enum !== undefined) return node.enum.map((one) => `\`${String(one)}\``).join(', ')
  if (node.const !== undefined) return `\`${String(node.const)}\``
  const parts = alternatives(node)
  if (parts.length > 0) return [...new Set(parts.map(limitsOf))].join(' or ')
  if (node.properties !== undefined) return `object {${Object.keys(node.properties).join(', ')}}`
  const kind = node.type === 'null' ? '`null`' : node.type === 'array' ? 'list' : (node.type ?? 'any')
  return [
    kind,
    ...range(node.minimum, node.maximum, ''),
    ...(node.exclusiveMinimum === undefined ? [] : [`above ${node.exclusiveMinimum}`]),
    ...(node.exclusiveMaximum === undefined ? [] : [`below ${node.exclusiveMaximum}`]),
    ...range(node.minLength, node.maxLength, ' characters'),
    ...range(node.minItems, node.maxItems, ' entries'),
  ].join(', ')
}

const insidesOf = (node: Node): readonly Node[] => [node, ...alternatives(node).flatMap(insidesOf)]

const rowsOf = (node: Node, path: string, required: boolean): SettingRow[] => {
  const insides = insidesOf(node)
  const children = insides.flatMap((inside) =>
    Object.entries(inside.properties ?? {}).flatMap(([key, child]) =>
      rowsOf(child, path === '' ? key : `${path}.${key}`, inside.required?.includes(key) === true),
    ),
  )
  const entries = insides.flatMap((inside) =>
    inside.items === undefined ? [] : rowsOf(inside.items, `${path}[]`, true),
  )
  if (TOLD_ELSEWHERE.has(path)) return path.endsWith('[]') ? [] : [rowOf(node, path, required)]
  const isGroup = node.properties !== undefined || path === '' || (path.endsWith('[]') && children.length > 0)
  const isPlainEntry = path.endsWith('[]') && node.description === undefined
  return [...(isGroup || isPlainEntry ? [] : [rowOf(node, path, required)]), ...children, ...entries]
}

const DEFAULTS: unknown = policySchema.parse({})

/** What the default policy has there; undefined: nothing. Entries of lists have the default of their schema. */
const defaultAt = (path: string, node: Node): unknown =>
  path.includes('[]')
    ? node.default
    : (path.split('.').reduce<unknown>((value, key) => (value === null ? undefined : Object(value)[key]), DEFAULTS) ??
      node.default)

const byDefault = (path: string, node: Node, required: boolean): string => {
  const value = defaultAt(path, node)
  if (value !== undefined) return `\`${JSON.stringify(value)}\``
  return required ? 'required' : 'absent'
}

const rowOf = (node: Node, path: string, required: boolean): SettingRow => ({
  path,
  meaning: node.description ?? '',
  byDefault: byDefault(path, node, required),
  limits: node.$ref === undefined ? limitsOf(node) : 'a condition',
})

/** Every setting of the policy, in the order of the schema. */
export const settingRows = (): SettingRow[] => {
  const schema = z.toJSONSchema(policySchema, { io: 'input', reused: 'inline' }) as unknown as Node
  const byPath = new Map<string, SettingRow>()
  for (const row of rowsOf(schema, '', true).filter(({ meaning }) => meaning !== '')) {
    const known = byPath.get(row.path)
    byPath.set(row.path, known === undefined ? row : together(known, row))
  }
  return [...byPath.values()]
}

const joined = (one: string, other: string, between: string): string =>
  one.includes(other) ? one : one + between + other

/** Variants of one setting, such as the kinds of actions, share a row. */
const together = (one: SettingRow, other: SettingRow): SettingRow => ({
  ...one,
  meaning: joined(one.meaning, other.meaning, ' / '),
  limits: joined(one.limits, other.limits, ', '),
})

/** `|` would end a cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|')

export const settingLines = (): string[] =>
  settingRows().map(
    ({ path, meaning, byDefault, limits }) => `| \`${path}\` | ${cell(meaning)} | ${byDefault} | ${cell(limits)} |`,
  )

export const factLines = (): string[] =>
  FACT_CATALOG.map(({ name, of, type, meaning, choices, timeDependent }) => {
    const known = choices === undefined ? '' : `: ${choices.map((one) => `\`${one}\``).join(', ')}`
    return `| \`${name}\` | ${of} | ${type} | ${cell(meaning.en)}${known} | ${timeDependent ? 'yes' : ''} |`
  })

export const typeLines = (): string[] =>
  Object.entries(FACT_TYPES).map(
    ([type, { ops, value }]) => `| ${type} | ${ops.map((op) => `\`${op}\``).join(' ')} | ${cell(value.en)} |`,
  )
