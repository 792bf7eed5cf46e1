import type { Seconds } from '../../../segmentation/facts.ts'
import { LIFECYCLE_SEGMENTS, type LifecycleSegment } from '../../../segmentation/verdict.ts'
import { Column } from '../column.ts'
import { Dictionary } from '../dictionary.ts'

const STATES = ['open', 'won', 'lost'] as const

/** A deal as the figures of the whole account see it. */
export interface TabledDeal {
  readonly id: number
  readonly pipelineId: number
  readonly statusId: number
  /** `won`: a purchase by the policy, or in 142. */
  readonly state: (typeof STATES)[number]
  readonly createdAt: Seconds
  /** When it was won or lost; of an open deal: since when it has stood in its status. */
  readonly at: Seconds
  readonly price: number
  readonly responsibleUserId: number
  readonly source: string
  readonly lossReasonId: number | null
  /** Of a purchase: the segment the client bought from; null: no purchase. */
  readonly boughtAs: LifecycleSegment | null
  /** Segment of the client now; null: he has no answer. */
  readonly clientNow: LifecycleSegment | null
}

/** The deals of an account, some fifty bytes each. */
export class DealTable {
  readonly #id = new Column('float')
  readonly #createdAt = new Column('float')
  readonly #at = new Column('float')
  readonly #price = new Column('float')
  readonly #stage = new Column('index')
  readonly #user = new Column('index')
  readonly #source = new Column('index')
  readonly #reason = new Column('index')
  readonly #state = new Column('small')
  readonly #boughtAs = new Column('small')
  readonly #clientNow = new Column('small')
  readonly #stages = new Dictionary<string>()
  readonly #stageIds: (readonly [pipelineId: number, statusId: number])[] = []
  readonly #users = new Dictionary<number>()
  readonly #sources = new Dictionary<string>()
  readonly #reasons = new Dictionary<number | null>()

  get length(): number {
    return this.#id.length
  }

  /** Every source that was met. */
  get sources(): readonly string[] {
    return this.#sources.values()
  }

  add(deal: TabledDeal): void {
    const stage = this.#stages.numberOf(`${deal.pipelineId}:${deal.statusId}`)
    this.#stageIds[stage] ??= [deal.pipelineId, deal.statusId]
    this.#id.push(deal.id)
    this.#createdAt.push(deal.createdAt)
    this.#at.push(deal.at)
    this.#price.push(deal.price)
    this.#stage.push(stage)
    this.#user.push(this.#users.numberOf(deal.responsibleUserId))
    this.#source.push(this.#sources.numberOf(deal.source))
    this.#reason.push(this.#reasons.numberOf(deal.lossReasonId))
    this.#state.push(STATES.indexOf(deal.state))
    this.#boughtAs.push(segmentNumber(deal.boughtAs))
    this.#clientNow.push(segmentNumber(deal.clientNow))
  }

  *[Symbol.iterator](): Generator<TabledDeal> {
    for (let row = 0; row < this.length; row += 1) {
      const [pipelineId = 0, statusId = 0] = this.#stageIds[this.#stage.at(row)] ?? []
      yield {
        id: this.#id.at(row),
        pipelineId,
        statusId,
        state: STATES[this.#state.at(row)] ?? 'open',
        createdAt: this.#createdAt.at(row),
        at: this.#at.at(row),
        price: this.#price.at(row),
        responsibleUserId: this.#users.valueOf(this.#user.at(row)),
        source: this.#sources.valueOf(this.#source.at(row)),
        lossReasonId: this.#reasons.valueOf(this.#reason.at(row)),
        boughtAs: LIFECYCLE_SEGMENTS[this.#boughtAs.at(row) - 1] ?? null,
        clientNow: LIFECYCLE_SEGMENTS[this.#clientNow.at(row) - 1] ?? null,
      }
    }
  }
}

/** Zero: none. */
const segmentNumber = (segment: LifecycleSegment | null): number =>
  segment === null ? 0 : LIFECYCLE_SEGMENTS.indexOf(segment) + 1
