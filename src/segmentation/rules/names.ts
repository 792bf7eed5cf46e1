import type { AccountFacts } from '../facts.ts'
import type { Scalar } from './comparison-schema.ts'
import type { ReferenceKind } from './fact-types.ts'
import { folded } from './operand.ts'
import type { Complaint } from './read-operand.ts'
import type { ResolvedFact } from './resolve-fact.ts'

/** A thing of the account that a rule may name. */
interface Named {
  readonly id: number
  readonly name: string
}

const SHOWN = 10

const KINDS: Readonly<Record<ReferenceKind, string>> = {
  pipeline: 'pipeline',
  status: 'status',
  user: 'user',
  lossReason: 'loss reason',
  source: 'source',
}

const namedOf = (kind: ReferenceKind, account: AccountFacts): readonly Named[] | null => {
  switch (kind) {
    case 'pipeline':
      return account.pipelines
    case 'status':
      return account.pipelines.flatMap((pipeline) => pipeline.statuses)
    case 'user':
      return [...account.users, { id: 0, name: '' }]
    case 'lossReason':
      return account.lossReasons
    case 'source':
      return null
  }
}

/** Won and lost are statuses of every pipeline, listed or not. */
const CLOSING: readonly Named[] = [
  { id: 142, name: '' },
  { id: 143, name: '' },
]

const choicesOf = (fact: ResolvedFact, account: AccountFacts | null): readonly Named[] | null => {
  if (fact.options !== undefined) return fact.options.map(({ id, value }) => ({ id, name: value }))
  if (account === null || fact.kind === undefined) return null
  const named = namedOf(fact.kind, account)
  return fact.kind === 'status' && named !== null ? [...named, ...CLOSING] : named
}

const listed = (choices: readonly Named[]): string => {
  const names = [...new Set(choices.map((one) => one.name).filter((name) => name !== ''))]
  const rest = names.length > SHOWN ? ', …' : ''
  return names.length === 0 ? 'The account has none' : `Choose one of ${names.slice(0, SHOWN).join(', ')}${rest}`
}

const isId = (value: string | number): boolean =>
  typeof value === 'number' ? Number.isInteger(value) : /^\d+$/.test(value)

/**
 * The ids a name or id stands for; several where statuses of several pipelines share a name. Options also stand for
 * their text, for readings that carry no option ids.
 */
export const idsNamed = (
  fact: ResolvedFact,
  value: Scalar,
  account: AccountFacts | null,
): { readonly members: readonly (string | number)[] } | Complaint => {
  const what = fact.options === undefined ? KINDS[fact.kind ?? 'source'] : 'option'
  const written = JSON.stringify(value)
  if (typeof value === 'boolean') {
    return { message: `"${fact.name}" cannot be compared with ${written}`, advice: `Give the id or name of a ${what}` }
  }
  const choices = choicesOf(fact, account)
  if (choices === null) {
    if (isId(value)) return { members: [Number(value)] }
    if (fact.kind !== 'source') return { members: [folded(String(value))] }
    return { message: `There is no source ${written}`, advice: 'Name a source by its id, a whole number' }
  }
  const text = folded(String(value))
  const byName = choices.filter((one) => one.name !== '' && folded(one.name) === text)
  const found = byName.length > 0 ? byName : choices.filter((one) => isId(value) && one.id === Number(value))
  if (found.length === 0) {
    return { message: `There is no ${what} ${written} for "${fact.name}"`, advice: listed(choices) }
  }
  const ids = found.map((one) => one.id)
  return { members: fact.options === undefined ? ids : [...ids, ...found.map((one) => folded(one.name))] }
}

/** Names by id, for people; what has none is left out. */
export const namesById = (fact: ResolvedFact, account: AccountFacts | null): ReadonlyMap<unknown, string> =>
  new Map((choicesOf(fact, account) ?? []).filter((one) => one.name !== '').map((one) => [one.id, one.name]))
