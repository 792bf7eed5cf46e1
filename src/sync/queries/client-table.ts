import type { LifecycleSegment, StandingSegment, TemperatureSegment } from '../../segmentation/verdict.ts'
import type { ClientRow } from '../../store/client-rows.ts'
import { Column } from './column.ts'
import { Dictionary } from './dictionary.ts'

/** The rows of all clients of an account, some fifty bytes each. */
export class ClientTable {
  readonly #id = new Column('float')
  readonly #ltv = new Column('float')
  readonly #lastPurchaseAt = new Column('float')
  readonly #sleepsAt = new Column('float')
  readonly #nextChangeAt = new Column('float')
  readonly #purchases = new Column('index')
  readonly #user = new Column('index')
  readonly #kind = new Column('small')
  readonly #lifecycle = new Column('small')
  readonly #temperature = new Column('small')
  readonly #standing = new Column('small')
  readonly #users = new Dictionary<number>()
  readonly #kinds = new Dictionary<ClientRow['client']['kind']>()
  readonly #lifecycles = new Dictionary<LifecycleSegment | null>()
  readonly #temperatures = new Dictionary<TemperatureSegment | null>()
  readonly #standings = new Dictionary<StandingSegment | null>()

  get length(): number {
    return this.#id.length
  }

  add(row: ClientRow): void {
    this.#id.push(row.client.id)
    this.#ltv.push(row.ltv)
    this.#lastPurchaseAt.push(row.lastPurchaseAt ?? Number.NaN)
    this.#sleepsAt.push(row.sleepsAt ?? Number.NaN)
    this.#nextChangeAt.push(row.nextChangeAt ?? Number.NaN)
    this.#purchases.push(row.purchases)
    this.#user.push(this.#users.numberOf(row.responsibleUserId))
    this.#kind.push(this.#kinds.numberOf(row.client.kind))
    this.#lifecycle.push(this.#lifecycles.numberOf(row.lifecycle))
    this.#temperature.push(this.#temperatures.numberOf(row.temperature))
    this.#standing.push(this.#standings.numberOf(row.standing))
  }

  *[Symbol.iterator](): Generator<ClientRow> {
    for (let row = 0; row < this.length; row += 1) {
      yield {
        client: { kind: this.#kinds.valueOf(this.#kind.at(row)), id: this.#id.at(row) },
        lifecycle: this.#lifecycles.valueOf(this.#lifecycle.at(row)),
        temperature: this.#temperatures.valueOf(this.#temperature.at(row)),
        standing: this.#standings.valueOf(this.#standing.at(row)),
        ltv: this.#ltv.at(row),
        purchases: this.#purchases.at(row),
        lastPurchaseAt: known(this.#lastPurchaseAt.at(row)),
        sleepsAt: known(this.#sleepsAt.at(row)),
        nextChangeAt: known(this.#nextChangeAt.at(row)),
        responsibleUserId: this.#users.valueOf(this.#user.at(row)),
      }
    }
  }
}

const known = (number: number): number | null => (Number.isNaN(number) ? null : number)
