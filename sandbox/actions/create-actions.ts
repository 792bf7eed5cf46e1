import { receiveCall, receiveMessage } from '../changes/conversation.ts'
import { linkCards, setMainContact, unlinkCards } from '../changes/link-cards.ts'
import type { Actor } from '../changes/patch.ts'
import type { World } from '../world/world.ts'
import { cardActions } from './card-actions.ts'
import { dealActions } from './deal-actions.ts'
import { mustFind } from './find.ts'

/** Everything people inside and outside of an account do that reaches the integration only as hooks. */
export type Actions = ReturnType<typeof createActions>

/** The acts of one account, done by its admin unless another actor is given. */
export function createActions(world: World, actor: Actor = { userId: world.admin.id }) {
  const ends = (dealId: number, contactId: number) =>
    [
      { type: 'leads', id: mustFind(world, 'leads', dealId).id },
      { type: 'contacts', id: mustFind(world, 'contacts', contactId).id },
    ] as const
  return {
    ...dealActions(world, actor),
    ...cardActions(world, actor),

    linkContact({ dealId, contactId, main = false }: { dealId: number; contactId: number; main?: boolean }): void {
      linkCards(world, ...ends(dealId, contactId), main, actor)
    },

    unlinkContact({ dealId, contactId }: { dealId: number; contactId: number }): void {
      unlinkCards(world, ...ends(dealId, contactId), actor)
    },

    linkCompany({ dealId, companyId }: { dealId: number; companyId: number }): void {
      linkCards(world, { type: 'leads', id: dealId }, { type: 'companies', id: companyId }, false, actor)
    },

    /** Makes a contact that is linked already the main one. */
    setMainContact({ dealId, contactId }: { dealId: number; contactId: number }): void {
      setMainContact(world, mustFind(world, 'leads', dealId), contactId, actor)
    },

    incomingMessage(message: { contactId: number; dealId?: number; text?: string }): void {
      mustFind(world, 'contacts', message.contactId)
      receiveMessage(world, message)
    },

    /** Answers the id of the call's note. */
    incomingCall(incoming: { contactId: number; dealId?: number }): number {
      mustFind(world, 'contacts', incoming.contactId)
      return receiveCall(world, incoming)
    },
  }
}
