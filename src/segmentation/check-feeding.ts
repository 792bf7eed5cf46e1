import { fieldKeys } from './check-actions.ts'
import { type Finding, finding } from './check-finding.ts'
import type { PolicyCheck } from './check-policy.ts'
import { comparisonsIn, type ReadComparison, readComparison } from './check-rules.ts'
import type { AccountFacts } from './facts.ts'
import type { Policy } from './policy.ts'
import { textIn } from './rules/local-text.ts'
import { folded } from './rules/operand.ts'
import type { Rule } from './rules/rule-schema.ts'

/** A rule that is on, with what it writes and reads. Things are keys such as `client tag vip` or `deal field 17`. */
interface Node {
  readonly rule: Rule
  readonly index: number
  readonly writes: ReadonlySet<string>
  readonly reads: readonly Read[]
}

interface Read {
  readonly keys: readonly string[]
  /** Whether the thing being there can only help the rule to hold. */
  readonly positive: boolean
  /** Whether it is read off the very card the rule is about. */
  readonly own: boolean
}

/** Stands for every tag of an owner: `exists` reads them all. */
const ANY = '*'

const tagKey = (owner: string, tag: string): string => `${owner} tag ${folded(tag)}`

const writesOf = ({ target, tag, actions }: Rule, { language }: Policy, account: AccountFacts | null): Set<string> => {
  const tags = tag === undefined ? [] : [tagKey(target, textIn(tag, language))]
  const fields = actions.flatMap((action) =>
    action.type === 'field' ? fieldKeys(action.field, action.on, account) : [],
  )
  return new Set([...tags, ...fields])
}

const tagsRead = ({ fact, operation: { operand } }: ReadComparison): readonly string[] => {
  if (operand.type !== 'one_of') return [tagKey(fact.owner, ANY)]
  return [...operand.members].map((member) => tagKey(fact.owner, String(member)))
}

const keysRead = (read: ReadComparison): readonly string[] => {
  const { fact } = read
  if (fact.type === 'tags') return tagsRead(read)
  return Object.values(fact.ids ?? {}).map((id) => `${fact.owner} field ${id}`)
}

const ELSEWHERE = /(?:^|\.)(?:first|last)Deal\./

const readsOf = ({ when, target }: Rule, account: AccountFacts | null): Read[] =>
  comparisonsIn(when).flatMap((placed) => {
    const check = readComparison(placed, target, account)
    if (check.type === 'unseen') {
      const [, ref = ''] = /field:(.*?)(?:\.daysUntil)?$/.exec(placed.comparison.fact) ?? []
      const keys = (['client', 'deal'] as const).flatMap((owner) => fieldKeys(ref, owner, null))
      return [{ keys, positive: false, own: true }]
    }
    if (check.type !== 'ok') return []
    const { fact, operation, negated } = check.read
    const own = fact.owner === target && !ELSEWHERE.test(fact.name)
    return [{ keys: keysRead(check.read), positive: operation.negated === negated, own }]
  })

const touches = (read: Read, writes: ReadonlySet<string>): boolean =>
  read.keys.some((key) =>
    key.endsWith(` tag ${ANY}`)
      ? [...writes].some((written) => written.startsWith(key.slice(0, -ANY.length)))
      : writes.has(key),
  )

const feeds = (from: Node, to: Node): boolean => to.reads.some((read) => touches(read, from.writes))

const nodesOf = (policy: Policy, account: AccountFacts | null): Node[] =>
  policy.rules.flatMap((rule, index) =>
    rule.enabled ? [{ rule, index, writes: writesOf(rule, policy, account), reads: readsOf(rule, account) }] : [],
  )

/** For each rule all rules it feeds, directly or through others. */
const reachOf = (nodes: readonly Node[]): Map<Node, Set<Node>> => {
  const next = new Map(nodes.map((node) => [node, nodes.filter((other) => other !== node && feeds(node, other))]))
  return new Map(
    nodes.map((start) => {
      const reached = new Set<Node>()
      const waiting = [...(next.get(start) ?? [])]
      for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
        if (reached.has(node)) continue
        reached.add(node)
        waiting.push(...(next.get(node) ?? []))
      }
      return [start, reached]
    }),
  )
}

const circles = (nodes: readonly Node[]): Finding[] => {
  const reach = reachOf(nodes)
  const told = new Set<Node>()
  return nodes.flatMap((node) => {
    const circle = nodes.filter((other) => reach.get(node)?.has(other) && reach.get(other)?.has(node))
    if (told.has(node) || !circle.includes(node)) return []
    for (const other of circle) told.add(other)
    const names = circle.map(({ rule }) => `"${rule.id}"`).join(', ')
    return [
      finding(['rules', node.index, 'when'], {
        message: `The rules ${names} feed on what each other writes, in a circle: they would never settle`,
        advice: 'Let one of them read something else than the tags and fields that the others write',
      }),
    ]
  })
}

const tagsOf = (node: Node): ReadonlySet<string> => new Set([...node.writes].filter((key) => key.includes(' tag ')))

const selfFeeding = (node: Node): PolicyCheck => {
  const own = node.reads.filter((read) => touches(read, tagsOf(node)))
  if (own.length === 0) return { errors: [], warnings: [] }
  const path = ['rules', node.index, 'when']
  if (own.every((read) => read.positive && read.own)) {
    const message = `The rule "${node.rule.id}" reads its own tag: the tag can keep itself`
    const advice = 'Leave the tag out of the condition, unless a person is meant to set it'
    return { errors: [], warnings: [finding(path, { message, advice })] }
  }
  const message = `The rule "${node.rule.id}" undoes its own condition with its tag: it would never settle`
  return { errors: [finding(path, { message, advice: 'Leave its own tag out of the condition' })], warnings: [] }
}

/**
 * Refuses rules that feed on what each other writes in a circle, and rules whose own tag works against them.
 *
 * One rule may read its own tag as long as the tag can only help it to hold: from any start it settles after two looks.
 * Two rules may not, even if each only helps the other: a tag set by hand would go to and fro between them. Nor may a
 * rule about deals read its own tag off another deal. A rule may read the field that its own action sets: the action sets
 * one value, once, and after that nothing moves.
 */
export const checkFeeding = (policy: Policy, account: AccountFacts | null): PolicyCheck => {
  const nodes = nodesOf(policy, account)
  const alone = nodes.map(selfFeeding)
  return {
    errors: [...circles(nodes), ...alone.flatMap((check) => check.errors)],
    warnings: alone.flatMap((check) => check.warnings),
  }
}
