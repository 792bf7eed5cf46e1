import type { EntityPatch, EntityType, Priority, WriteOutcome } from './amo-api.ts'
import type { AmoAnswer, AmoCaller, AmoRequest } from './amo-caller.ts'
import { AmoError } from './amo-error.ts'
import type { Deferred } from './deferred.ts'
import { BatchTooHeavy } from './failed-call.ts'
import { asId, asObject, embedded } from './hal.ts'
import { hasTags } from './merge-patches.ts'
import { tagsAfter, toWirePatch, type WirePatch } from './patch-wire.ts'
import { mostUrgent } from './priority-lanes.ts'
import type { RememberedBatchSize } from './remembered-batch-size.ts'
import type { Rank } from './slot-gate.ts'
import type { TagMode } from './tag-mode.ts'
import { type ItemError, maybeGone, readRefusal, refusesTagKeys } from './validation-errors.ts'

/** One entity's patch on its way. */
export interface WriteItem {
  patch: EntityPatch
  priority: Priority
  readonly outcome: Deferred<WriteOutcome>
  /** It was missing from an answer once and has been sent again. */
  resent: boolean
}

export interface WriteDeliveryOptions {
  readonly caller: AmoCaller
  readonly entity: EntityType
  /** Looks whether an entity that a write missed still exists, and reads tags where they are written whole. */
  readonly loader: { load(id: number, priority: Priority): Promise<{ readonly tags: readonly string[] } | null> }
  /** Shared by all writers of the account. */
  readonly tagMode: TagMode
  readonly size: RememberedBatchSize
  /** The read-back of the first tags failed. */
  readonly onUnverified?: (error: unknown) => void
}

/** Items with tags that amoCRM took, unsettled, to be verified; each with how its write ended. */
export type Trial = Map<WriteItem, WriteOutcome>

/** Who goes with a batch. */
export interface Boarded {
  readonly items: readonly WriteItem[]
  /** Null: this batch is none. */
  readonly trial: Trial | null
}

interface Parcel {
  readonly item: WriteItem
  readonly wire: WirePatch
}

interface Load {
  readonly parcels: readonly Parcel[]
  readonly trial: Trial | null
}

/** Statuses that refuse the batch as it is; smaller ones may pass. */
const REFUSALS = [400, 404, 413, 422]

/**
 * Brings items to amoCRM and settles the outcome of each, however the batch as a whole is answered: halved after a
 * time-out, without those a refusal names, one by one when it names none.
 */
export class WriteDelivery {
  readonly #options: WriteDeliveryOptions

  constructor(options: WriteDeliveryOptions) {
    this.#options = options
  }

  /** Sends what `board` gives when the slot is free. Rejects only if it failed before `board` was called. */
  async send(board: () => Boarded, priority: () => Rank): Promise<void> {
    const pick = () => {
      const { items, trial } = board()
      return { parcels: items.map((item) => ({ item, wire: toWirePatch(item.patch) })), trial }
    }
    await this.#send(pick, priority)
  }

  /** Reads fresh tags, then writes whole sets. `onSlot` is called when the write's slot is free. Never rejects. */
  async sendWhole(items: readonly WriteItem[], onSlot: () => void = () => {}): Promise<void> {
    const parcels = (await Promise.all(items.map((item) => this.#packWhole(item)))).filter((parcel) => parcel !== null)
    if (parcels.length === 0) return
    const pick = () => {
      onSlot()
      return { parcels, trial: null }
    }
    await this.#send(pick, () => mostUrgent(items)).catch((error) => failAll(items, error))
  }

  /**
   * Reads the trial's items back: were the tags written, or the unknown keys ignored? Settles the items. Never
   * rejects: amoCRM took the writes, and if it cannot be found out now, the next batch is a trial again.
   */
  async verify(trial: Trial): Promise<void> {
    const items = [...trial.keys()]
    if (items.length === 0) return
    const { loader, tagMode } = this.#options
    try {
      const cards = await Promise.all(items.map(({ patch, priority }) => loader.load(patch.id, priority)))
      const ignored = items.filter((item, index) => !shows(cards[index]?.tags, item.patch))
      await tagMode.learn(ignored.length === 0 ? 'delta' : 'whole')
      await this.sendWhole(ignored)
    } catch (error) {
      this.#options.onUnverified?.(error)
    }
    for (const [item, outcome] of trial) item.outcome.resolve(outcome)
  }

  async #send(pick: () => Load, priority: () => Rank): Promise<void> {
    const flight: { load: Load | null } = { load: null }
    const prepare = () => {
      flight.load = pick()
      return flight.load.parcels.length > 0 ? this.#request(flight.load.parcels) : null
    }
    try {
      const answer = await this.#options.caller.callAtSlot(prepare, priority)
      if (answer !== null && flight.load !== null) await this.#settle(flight.load, answer)
    } catch (error) {
      if (flight.load === null) throw error
      await this.#failed(flight.load, error)
    }
  }

  #request(parcels: readonly Parcel[]): AmoRequest {
    const path = `/api/v4/${this.#options.entity}`
    const body = parcels.map(({ wire }, index) => ({ ...wire, request_id: String(index) }))
    return { method: 'PATCH', path, route: path, body, accept: REFUSALS, canShrink: parcels.length > 1 }
  }

  async #failed({ parcels, trial }: Load, error: unknown): Promise<void> {
    if (!(error instanceof BatchTooHeavy)) return failAll(itemsOf(parcels), error)
    await this.#options.size.shrink(parcels.length)
    await this.#resendHalves(parcels, trial)
  }

  async #settle({ parcels, trial }: Load, answer: AmoAnswer): Promise<void> {
    if (answer.status >= 300) return this.#refused(parcels, answer, trial)
    await this.#options.size.succeeded(parcels.length)
    const written = stampsIn(answer.json, this.#options.entity)
    const missing = parcels.filter(({ item }) => !written.has(item.patch.id))
    for (const { item } of parcels) {
      if (!written.has(item.patch.id)) continue
      const outcome = writtenAt(written.get(item.patch.id))
      if (trial && hasTags(item.patch)) trial.set(item, outcome)
      else item.outcome.resolve(outcome)
    }
    await Promise.all(missing.map((parcel) => this.#missing(parcel, trial)))
  }

  /** amoCRM answered a batch without this item: it is gone, or left out by mistake and sent once more. */
  async #missing(parcel: Parcel, trial: Trial | null): Promise<void> {
    const { item } = parcel
    if (await this.#isGone(item)) return item.outcome.resolve({ type: 'gone' })
    if (!item.resent) {
      item.resent = true
      return this.#resend([parcel], trial)
    }
    const path = `/api/v4/${this.#options.entity}`
    const details = { method: 'PATCH', path, status: 200 }
    item.outcome.reject(new AmoError('unavailable', `PATCH ${path}: amoCRM did not confirm the write`, details))
  }

  async #refused(parcels: readonly Parcel[], answer: AmoAnswer, trial: Trial | null): Promise<void> {
    const refusal = readRefusal(answer.json, answer.status)
    if (refusesTagKeys(refusal) && parcels.some(({ wire }) => 'tags_to_add' in wire || 'tags_to_delete' in wire)) {
      await this.#options.tagMode.learn('whole')
      return this.sendWhole(itemsOf(parcels))
    }
    const errorsOf = (index: number) => refusal.byItem.get(String(index))
    const rest = parcels.filter((_, index) => errorsOf(index) === undefined)
    const [only] = parcels
    if (rest.length < parcels.length) {
      const refused = parcels.map(({ item }, index) => this.#refuse(item, errorsOf(index)))
      await Promise.all([...refused, this.#resend(rest, trial)])
    } else if (parcels.length > 1) {
      await this.#resendHalves(parcels, trial)
    } else if (only) {
      const gone = await this.#isGone(only.item)
      only.item.outcome.resolve(gone ? { type: 'gone' } : { type: 'refused', errors: [refusal.whole] })
    }
  }

  async #refuse({ patch, priority, outcome }: WriteItem, errors: readonly ItemError[] | undefined): Promise<void> {
    if (errors === undefined) return
    const gone = maybeGone(errors) && (await this.#isGone({ patch, priority }))
    outcome.resolve(gone ? { type: 'gone' } : { type: 'refused', errors })
  }

  async #isGone({ patch, priority }: Pick<WriteItem, 'patch' | 'priority'>): Promise<boolean> {
    return (await this.#options.loader.load(patch.id, priority)) === null
  }

  async #resendHalves(parcels: readonly Parcel[], trial: Trial | null): Promise<void> {
    const middle = Math.ceil(parcels.length / 2)
    await Promise.all([this.#resend(parcels.slice(0, middle), trial), this.#resend(parcels.slice(middle), trial)])
  }

  async #resend(parcels: readonly Parcel[], trial: Trial | null): Promise<void> {
    if (parcels.length === 0) return
    const send = this.#send(
      () => ({ parcels, trial }),
      () => mostUrgent(itemsOf(parcels)),
    )
    await send.catch((error) => failAll(itemsOf(parcels), error))
  }

  /** Null: nothing is left to send; the outcome is settled. */
  async #packWhole(item: WriteItem): Promise<Parcel | null> {
    const { tags, ...others } = item.patch
    if (tags === undefined) return { item, wire: toWirePatch(item.patch) }
    try {
      const card = await this.#options.loader.load(item.patch.id, item.priority)
      if (card === null) item.outcome.resolve({ type: 'gone' })
      if (card === null) return null
      const wanted = tagsAfter(card.tags, tags)
      if (!isSameSet(card.tags, wanted)) return { item, wire: toWirePatch(item.patch, wanted) }
      if (others.status || others.fields) return { item, wire: toWirePatch(others) }
      item.outcome.resolve({ type: 'written' })
    } catch (error) {
      item.outcome.reject(error)
    }
    return null
  }
}

function itemsOf(parcels: readonly Parcel[]): WriteItem[] {
  return parcels.map(({ item }) => item)
}

function writtenAt(updatedAt: number | null | undefined): WriteOutcome {
  return updatedAt ? { type: 'written', updatedAt } : { type: 'written' }
}

function failAll(items: readonly WriteItem[], error: unknown): void {
  for (const { outcome } of items) outcome.reject(error)
}

/** Ids in an answer to a write, each with its `updated_at`: a list in HAL; some single writes answer a bare object or list. */
function stampsIn(json: unknown, entity: EntityType): Map<number | null, number | null> {
  const listed = Array.isArray(json) ? json : embedded(json, entity)
  const items = [...listed, json].map(asObject)
  return new Map(items.map((item) => [asId(item.id), asId(item.updated_at)]))
}

/** Whether the card bears what the patch asked for. Names are compared without case, as amoCRM's dictionary may. */
function shows(present: readonly string[] | undefined, { tags }: EntityPatch): boolean {
  if (present === undefined || tags === undefined) return true
  const names = new Set(present.map((tag) => tag.toLowerCase()))
  const has = (tag: string) => names.has(tag.toLowerCase())
  return tags.add.every(has) && !tags.remove.some((tag) => !tags.add.includes(tag) && present.includes(tag))
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag) => b.includes(tag))
}
