import { z } from 'zod'
import { type Comparison, comparisonSchema, OPS } from './comparison-schema.ts'

/** Deepest nesting of a condition: a comparison alone is 1, inside one group 2. */
export const MAX_CONDITION_DEPTH = 16
/** Most comparisons and groups one condition may hold. */
export const MAX_CONDITION_NODES = 500

/** A tree of `all`, `any` and `not` over comparisons. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison

/** A fault in the form of a condition; the path starts at the condition. */
export interface ShapeFault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

interface Part {
  readonly value: unknown
  readonly path: readonly (string | number)[]
}

const FORMS = 'write {"all": [...]}, {"any": [...]}, {"not": {...}} or {"fact", "op", "value"}'

/**
 * Every fault in the form of a condition, each at its own place. A union of the four forms would only say that none
 * fits. Walked level by level, so that no input can exhaust the stack.
 */
export function conditionFaults(condition: unknown): ShapeFault[] {
  const faults: ShapeFault[] = []
  let level: readonly Part[] = [{ value: condition, path: [] }]
  let nodes = 0
  for (let depth = 1; level.length > 0; depth += 1) {
    nodes += level.length
    if (depth > MAX_CONDITION_DEPTH) return [fault([], `A condition is nested ${MAX_CONDITION_DEPTH} levels at most`)]
    if (nodes > MAX_CONDITION_NODES) return [fault([], `A condition has ${MAX_CONDITION_NODES} parts at most`)]
    level = level.flatMap((part) => partsOf(part, faults))
  }
  return faults
}

function partsOf(part: Part, faults: ShapeFault[]): Part[] {
  const { value, path } = part
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push(fault(path, `This is no condition: ${FORMS}`))
    return []
  }
  const keys = Object.keys(value)
  const form = (['all', 'any', 'not'] as const).find((key) => keys.includes(key))
  if (form === undefined) {
    faults.push(...comparisonFaults(value, path))
    return []
  }
  if (keys.length > 1) faults.push(fault(path, `"${form}" stands alone: remove ${listed(keys, form)}`))
  const inner: unknown = (value as Readonly<Record<string, unknown>>)[form]
  if (form === 'not') return [{ value: inner, path: [...path, form] }]
  if (Array.isArray(inner)) return inner.map((one: unknown, index) => ({ value: one, path: [...path, form, index] }))
  faults.push(fault([...path, form], `"${form}" takes a list of conditions`))
  return []
}

function comparisonFaults(value: object, path: readonly (string | number)[]): ShapeFault[] {
  const { fact, op } = value as { fact?: unknown; op?: unknown }
  if (fact === undefined && op === undefined) return [fault(path, `This is no condition: ${FORMS}`)]
  if (!OPS.some((known) => known === op)) {
    return [fault([...path, 'op'], `There is no op ${JSON.stringify(op) ?? 'given'}: use one of ${OPS.join(', ')}`)]
  }
  const parsed = comparisonSchema.safeParse(value)
  if (parsed.success) return []
  return parsed.error.issues.map((issue) => fault([...path, ...plain(issue.path)], advised(issue)))
}

function advised(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `Remove ${issue.keys.map((key) => `"${key}"`).join(', ')}`
  return issue.code === 'invalid_union' ? 'Give a text, a number or true/false' : issue.message
}

function plain(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((step) => (typeof step === 'symbol' ? String(step) : step))
}

function listed(keys: readonly string[], except: string): string {
  return keys
    .filter((key) => key !== except)
    .map((key) => `"${key}"`)
    .join(', ')
}

function fault(path: readonly (string | number)[], message: string): ShapeFault {
  return { path, message }
}

const nodeSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      comparisonSchema,
      z.strictObject({ all: z.array(nodeSchema) }),
      z.strictObject({ any: z.array(nodeSchema) }),
      z.strictObject({ not: nodeSchema }),
    ]),
  )
  .meta({ id: 'Condition' })

/** A condition of sound form and sane size. Whether its facts and names exist is for the checker to say. */
export const conditionSchema = z.preprocess((value, context) => {
  const faults = conditionFaults(value)
  for (const { path, message } of faults) context.addIssue({ code: 'custom', path: [...path], message })
  return faults.length === 0 ? value : z.NEVER
}, nodeSchema)
