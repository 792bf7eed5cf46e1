import type { Card, EntityType } from '../world/model.ts'
import { ENTITY_TYPES } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { tagsOf } from './facts-of-world.ts'

/** How a card stood when people last touched it. */
export interface HandRecord {
  /** Its tags when a person last set or took one off (at the beginning: as found). */
  readonly tags: readonly string[]
  /** Its tags when a person last changed its tags, stage, links or life, or the tags of its client. */
  readonly standing: readonly string[]
}

/** Parts of a card that only people change, tags aside; compared one by one. */
type Glance = readonly unknown[]

/**
 * Remembers what people made of every card, so that in the end it can be told whether the service touched what is not
 * its own: tags set by hand, closed deals, frozen clients.
 */
export class HandRecords {
  readonly #world: World
  readonly #records = new Map<string, HandRecord>()

  constructor(world: World) {
    this.#world = world
    for (const [type, card] of this.#cards()) this.#note(type, card, 'tags')
  }

  of(type: EntityType, id: number): HandRecord {
    return this.#records.get(`${type}:${id}`) ?? { tags: [], standing: [] }
  }

  /** Does something as a person would; whatever differs afterwards is theirs. */
  byHand<T>(act: () => T): T {
    const before = new Map<Card, Glance>()
    for (const [, card] of this.#cards()) before.set(card, glance(card))
    const result = act()
    for (const [type, card] of this.#cards()) {
      const [tagsBefore, ...restBefore] = before.get(card) ?? []
      const [tags, ...rest] = glance(card)
      if (tags !== tagsBefore) this.#noteTagged(type, card)
      else if (rest.some((part, at) => part !== restBefore[at])) this.#note(type, card, 'standing')
    }
    return result
  }

  /** The same acts, each done by hand. */
  watched<Acts extends object>(acts: Acts): Acts {
    return new Proxy(acts, {
      get: (target, name, receiver) => {
        const act: unknown = Reflect.get(target, name, receiver)
        if (typeof act !== 'function') return act
        return (...args: unknown[]): unknown => this.byHand(() => Reflect.apply(act, target, args))
      },
    })
  }

  /** A tag may freeze a client: from then on its deals stand as they are. */
  #noteTagged(type: EntityType, card: Card): void {
    this.#note(type, card, 'tags')
    const leadIds = 'leadIds' in card && Array.isArray(card.leadIds) ? card.leadIds : []
    for (const id of leadIds) {
      const lead = this.#world.leads.find(id)
      if (lead !== undefined) this.#note('leads', lead, 'standing')
    }
  }

  #note(type: EntityType, card: Card, what: 'tags' | 'standing'): void {
    const standing = tagsOf(this.#world, type, card)
    const tags = what === 'tags' ? standing : this.of(type, card.id).tags
    this.#records.set(`${type}:${card.id}`, { tags, standing })
  }

  *#cards(): Generator<[EntityType, Card]> {
    for (const type of ENTITY_TYPES) {
      for (const card of this.#world[type].all) yield [type, card]
      for (const card of this.#world[type].binned) yield [type, card]
    }
  }
}

function glance(card: Card): Glance {
  const parts: Partial<Record<string, unknown>> = { ...card }
  const { tagIds, isDeleted, statusId, pipelineId, contactIds, mainContactId, companyId } = parts
  return [tagIds, isDeleted, statusId, pipelineId, contactIds, mainContactId, companyId]
}
