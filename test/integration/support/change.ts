import type { AccountWorld } from '../../../sandbox/world/create-worlds.ts'
import type { EntityType } from '../../../sandbox/world/model.ts'
import { isClosing } from '../../../sandbox/world/world.ts'

/** Our tags that have to stand on a card. */
export interface Expected {
  readonly entity: EntityType
  readonly id: number
  readonly tags: readonly string[]
}

/** One thing people do, with the past it needs and what has to come of it. */
export interface Change {
  readonly name: string
  /** Prepares the past, before the installation; `act` does the thing, through hooks; answers what has to stand then. */
  readonly prepare: (world: AccountWorld) => { readonly act: (staff: AccountWorld['actions']) => readonly Expected[] }
}

export const DAY = 86_400

/** Stages of the main pipeline: the first, in which nothing has happened yet, and the one after it. */
export function stagesOf(world: AccountWorld): { readonly first: number; readonly talks: number } {
  const [first, talks] = world.mainPipeline.statuses.filter(({ id, type }) => type === 0 && !isClosing(id))
  if (first === undefined || talks === undefined) throw new Error('the main pipeline has fewer than two stages')
  return { first: first.id, talks: talks.id }
}

/** The makings of a client's past. */
export function pastOf(world: AccountWorld) {
  const { actions } = world
  const { first, talks } = stagesOf(world)
  return {
    first,
    talks,
    contact: (tags: readonly string[] = []) => actions.createContact({ name: 'Клиент', phone: '+79990000000', tags }),
    company: () => actions.createCompany({ name: 'Компания', phone: '+74950000000' }),
    /** A won deal of so many days ago. */
    won: (contactId: number, daysAgo: number) => {
      const at = world.now() - daysAgo * DAY
      return actions.createDeal({ contactId, price: 1_000, statusId: 142, closedAt: at, createdAt: at, updatedAt: at })
    },
    open: (contactId: number, statusId = talks) => actions.createDeal({ contactId, price: 500, statusId }),
    reason: (name: string) => {
      const reason = world.lossReasons.find((known) => known.name === name)
      if (reason === undefined) throw new Error(`no loss reason ${name}`)
      return reason.id
    },
  }
}

export const contactHas = (id: number, ...tags: string[]): Expected => ({ entity: 'contacts', id, tags })
export const companyHas = (id: number, ...tags: string[]): Expected => ({ entity: 'companies', id, tags })
export const dealHas = (id: number, ...tags: string[]): Expected => ({ entity: 'leads', id, tags })
