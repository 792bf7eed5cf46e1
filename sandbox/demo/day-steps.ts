import type { ClientRef } from '../../src/segmentation/verdict.ts'
import type { Actions } from '../actions/create-actions.ts'
import type { Faults } from '../faults.ts'
import { WON } from '../world/model.ts'
import type { Cast, Player } from './cast.ts'

/** One thing that happens on the sales day. */
export interface Step {
  readonly what: string
  /** Whose tags it may change. */
  readonly clients: readonly ClientRef[]
  /** Nothing of it may reach amoCRM. */
  readonly isQuiet?: true
  /** Answers clients that came into being. */
  readonly act: () => readonly ClientRef[]
}

const NONE: readonly ClientRef[] = []

/** The day, in order. Whatever is done is done by people of the account, through `staff`. */
export function daySteps(cast: Cast, staff: Actions, faults: Faults): Step[] {
  return [...purchases(cast, staff), ...refusals(cast, staff), ...relations(cast, staff), ...marks(cast, staff, faults)]
}

const SILENCE_S = 90 * 86_400

/** A purchase is entered that was made so long ago that its client falls asleep at `second`, while the day goes on. */
export function lateEntry({ sleeper }: Cast, staff: Actions, second: number): Step {
  return step(`${sleeper.name}: a purchase of 90 days ago is entered`, [sleeper], () => {
    const closedAt = second - SILENCE_S
    staff.createDeal({ contactId: sleeper.ref.id, price: 6_000, statusId: WON, closedAt, createdAt: closedAt - 3_600 })
  })
}

function step(what: string, clients: readonly (Player | ClientRef)[], act: () => void): Step {
  const refs = clients.map((client) => ('ref' in client ? client.ref : client))
  return {
    what,
    clients: refs,
    act: () => {
      act()
      return NONE
    },
  }
}

function purchases({ firstBuyer, thirdBuyer, returner, writer, talksStage }: Cast, staff: Actions): Step[] {
  return [
    step(`${firstBuyer.name} buys for the first time`, [firstBuyer], () => staff.winDeal(firstBuyer)),
    step(`${thirdBuyer.name} buys for the third time in a year`, [thirdBuyer], () => staff.winDeal(thirdBuyer)),
    step(`${returner.name}: the won deal goes back to talks`, [returner], () =>
      staff.reopenDeal({ dealId: returner.dealId, statusId: talksStage }),
    ),
    step(`${writer.name}, cold so far, writes in a messenger`, [writer], () =>
      staff.incomingMessage({ contactId: writer.ref.id, text: 'Здравствуйте! Есть в наличии?' }),
    ),
    {
      what: 'Яна Руднева: a new client with a new deal',
      clients: [],
      act: () => {
        const contactId = staff.createContact({ name: 'Яна Руднева', phone: '+79990009999', tags: ['Рассылка'] })
        staff.createDeal({ contactId, price: 18_000, name: 'Заявка с сайта' })
        return [{ kind: 'contact', id: contactId }]
      },
    },
  ]
}

function refusals({ spammer, refuser, junkReason, refusalReason }: Cast, staff: Actions): Step[] {
  const lose =
    ({ dealId }: Player, reason: number | undefined) =>
    () =>
      staff.loseDeal({ dealId, ...(reason === undefined ? {} : { lossReasonId: reason }) })
  return [
    step(`${spammer.name}: lost, the reason is «Спам»`, [spammer], lose(spammer, junkReason)),
    step(`${refuser.name}: lost, «Слишком дорого»`, [refuser], lose(refuser, refusalReason)),
  ]
}

function relations({ winner, duplicate, pair, restorer }: Cast, staff: Actions): Step[] {
  const { seller, other } = pair
  const deal = { entityType: 'leads', id: restorer.dealId } as const
  return [
    step(`${winner.name} and ${duplicate.name} are merged`, [winner], () =>
      staff.mergeContacts({ winnerId: winner.ref.id, loserId: duplicate.ref.id }),
    ),
    step(`${other.name} becomes main contact of ${seller.name}'s deal`, [seller, other], () =>
      staff.setMainContact({ dealId: seller.dealId, contactId: other.ref.id }),
    ),
    step(`${restorer.name}: the only won deal is deleted`, [restorer], () => staff.remove(deal)),
    step(`${restorer.name}: the deal is restored`, [restorer], () => staff.restore(deal)),
  ]
}

function marks({ tagged, frozen, doubled }: Cast, staff: Actions, faults: Faults): Step[] {
  const card = (player: Player) => ({ entityType: 'contacts', id: player.ref.id }) as const
  const freeze = step(`${frozen.name} gets the tag «стоп-сегмент»`, [frozen], () =>
    staff.setTags({ ...card(frozen), add: ['стоп-сегмент'] }),
  )
  const frozenBuys = step(`${frozen.name}, frozen, buys`, [frozen], () => staff.winDeal(frozen))
  const foreign = step(`${tagged.name}: a manager sets «Опт», takes «VIP» off`, [tagged], () =>
    staff.setTags({ ...card(tagged), add: ['Опт'], remove: ['VIP'] }),
  )
  return [
    { ...foreign, isQuiet: true },
    step(`${tagged.name}: somebody takes a segment's tag off`, [tagged], () =>
      staff.setTags({ ...card(tagged), remove: ['Новый'] }),
    ),
    { ...freeze, isQuiet: true },
    { ...frozenBuys, isQuiet: true },
    step(`${doubled.name} buys; every hook comes twice`, [doubled], () => {
      const before = faults.onHook
      faults.onHook = () => 'double'
      staff.winDeal(doubled)
      faults.onHook = before
    }),
  ]
}
