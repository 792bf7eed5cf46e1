import { type CompiledPolicy, compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { isOpenDeal } from '../../src/segmentation/deal-state.ts'
import { decide } from '../../src/segmentation/decide.ts'
import { defaultPolicy } from '../../src/segmentation/default-policy.ts'
import { cardDeal, desiredState, isFrozen } from '../../src/segmentation/desired.ts'
import type { ClientFacts, DealFacts } from '../../src/segmentation/facts.ts'
import type { Policy } from '../../src/segmentation/policy.ts'
import type { ClientRef, Desired, Verdict } from '../../src/segmentation/verdict.ts'
import type { EntityType } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { accountFactsOf } from './account-facts-of.ts'
import { factsOfClient, tagsOf } from './facts-of-world.ts'
import type { HandRecords } from './hand-records.ts'

/** One thing that stands otherwise than it should. */
export interface Difference {
  readonly entity: EntityType
  readonly id: number
  readonly client: ClientRef
  readonly rule: 'segment tags' | 'foreign tags' | 'frozen' | 'closed deal' | 'deleted' | 'card stage' | 'not a client'
  readonly expected: string
  readonly found: string
}

/** A client as recomputed at an instant. */
export interface Judgement {
  /** Null: the card is no client. */
  readonly verdict: Verdict | null
  readonly isFrozen: boolean
  readonly openDeals: number
  readonly differences: readonly Difference[]
}

/**
 * Says of the sandbox's clients what should stand on their cards, from the sandbox's own data: nothing the service read,
 * kept or decided is asked.
 */
export class WorldJudge {
  readonly #world: World
  readonly #records: HandRecords
  #policy: CompiledPolicy

  constructor(world: World, records: HandRecords, policy?: Policy) {
    this.#world = world
    this.#records = records
    const account = accountFactsOf(world)
    this.#policy = compilePolicy(policy ?? defaultPolicy(account), account)
  }

  /** Judges by another policy from now on. */
  use(policy: Policy): void {
    this.#policy = compilePolicy(policy, accountFactsOf(this.#world))
  }

  get policy(): CompiledPolicy {
    return this.#policy
  }

  /** `now` in seconds. */
  judge(ref: ClientRef, now: number = this.#world.now()): Judgement {
    const facts = factsOfClient(this.#world, ref, this.#policy.policy.clientEntity)
    if (facts === null) return { verdict: null, isFrozen: false, openDeals: 0, differences: this.#stranger(ref) }
    const verdict = decide(facts, this.#policy, now)
    const frozen = isFrozen(facts, this.#policy)
    const differences = frozen ? this.#frozen(facts) : this.#tagged(facts, desiredState(facts, verdict, this.#policy))
    const closed = facts.deals.filter((deal) => !isOpenDeal(deal)).flatMap((deal) => this.#closed(facts, deal))
    const openDeals = facts.deals.filter(isOpenDeal).length
    return { verdict, isFrozen: frozen, openDeals, differences: [...differences, ...closed] }
  }

  /** What is wrong with a card in the bin: it is left as people left it. */
  binned(type: EntityType, id: number): readonly Difference[] {
    const card = this.#world[type].find(id)
    if (card === undefined) return []
    return this.#kept('deleted', type, id, tagsOf(this.#world, type, card), { kind: 'contact', id })
  }

  #tagged(facts: ClientFacts, desired: Desired): Difference[] {
    const open = facts.deals.filter(isOpenDeal)
    return [
      ...this.#owned(facts, entityOf(facts), facts.id, facts.tags, desired.clientTags),
      ...open.flatMap((deal) =>
        this.#owned(facts, 'leads', deal.id, deal.tags, [...desired.dealTags, ...(desired.tagsByDeal[deal.id] ?? [])]),
      ),
      ...this.#stage(facts, desired),
    ]
  }

  #owned(
    { kind, id: clientId }: ClientFacts,
    entity: EntityType,
    id: number,
    tags: readonly string[],
    wanted: readonly string[],
  ): Difference[] {
    const client = { kind, id: clientId }
    const isOwned = (tag: string): boolean => this.#policy.ownedTags.has(tag)
    const isForeign = (tag: string): boolean => !isOwned(tag)
    const byHand = this.#records.of(entity, id).tags
    return [
      ...differ({ entity, id, client, rule: 'segment tags' }, wanted, tags.filter(isOwned)),
      ...differ({ entity, id, client, rule: 'foreign tags' }, byHand.filter(isForeign), tags.filter(isForeign)),
    ]
  }

  #frozen(facts: ClientFacts): Difference[] {
    const open = facts.deals.filter(isOpenDeal)
    return [
      ...this.#kept('frozen', entityOf(facts), facts.id, facts.tags, facts),
      ...open.flatMap((deal) => this.#kept('frozen', 'leads', deal.id, deal.tags, facts)),
    ]
  }

  #closed(facts: ClientFacts, deal: DealFacts): Difference[] {
    return this.#kept('closed deal', 'leads', deal.id, deal.tags, facts)
  }

  #kept(
    rule: Difference['rule'],
    entity: EntityType,
    id: number,
    tags: readonly string[],
    { kind, id: clientId }: ClientRef,
  ): Difference[] {
    const client = { kind, id: clientId }
    return differ({ entity, id, client, rule }, this.#records.of(entity, id).standing, tags)
  }

  /** Who is no client bears none of our tags, unless a person put it there. */
  #stranger(ref: ClientRef): Difference[] {
    const entity = entityOf(ref)
    const card = this.#world[entity].get(ref.id)
    if (card === undefined) return []
    const byHand = this.#records.of(entity, ref.id).tags
    const found = tagsOf(this.#world, entity, card).filter((tag) => !byHand.includes(tag))
    return differ({ entity, id: ref.id, client: ref, rule: 'not a client' }, [], found)
  }

  #stage(facts: ClientFacts, { card }: Desired): Difference[] {
    const deal = card && cardDeal(facts, this.#policy)
    if (!card || !deal || deal.statusId === card.statusId) return []
    const name = (statusId: number): string => this.#world.status(card.pipelineId, statusId)?.name ?? String(statusId)
    const client = { kind: facts.kind, id: facts.id }
    const about = { entity: 'leads', id: deal.id, client, rule: 'card stage' } as const
    return [{ ...about, expected: name(card.statusId), found: name(deal.statusId) }]
  }
}

function entityOf({ kind }: Pick<ClientRef, 'kind'>): 'contacts' | 'companies' {
  return kind === 'contact' ? 'contacts' : 'companies'
}

function differ(
  about: Pick<Difference, 'entity' | 'id' | 'client' | 'rule'>,
  wanted: readonly string[],
  standing: readonly string[],
): Difference[] {
  const [expected, found] = [listed(wanted), listed(standing)]
  return expected === found ? [] : [{ ...about, expected, found }]
}

function listed(tags: readonly string[]): string {
  return tags.length === 0 ? 'none' : [...new Set(tags)].sort().join(', ')
}
