import { contactsOf } from '../changes/links.ts'
import type { AccountWorld } from '../world/create-worlds.ts'
import type { Card, EntityType } from '../world/model.ts'
import { isClosing } from '../world/world.ts'
import { STAGE_AREAS, type StageArea } from './stage-areas.ts'

type FieldName = 'responsible' | 'stage' | 'budget'

/** A card as the stage draws it. */
export interface ShownCard {
  readonly id: number
  readonly name: string
  readonly fields: readonly (readonly [name: FieldName, value: string])[]
  readonly tags: readonly string[]
  /** Cards it is linked to. */
  readonly links: readonly { readonly area: StageArea; readonly id: number; readonly name: string }[]
}

/** Everything the page of the stage shows of an account. */
export interface StageView {
  readonly account: { readonly id: number; readonly name: string; readonly subdomain: string }
  readonly users: readonly { readonly id: number; readonly name: string; readonly isAdmin: boolean }[]
  /** Null: a new card, or another area. */
  readonly card: ShownCard | null
  /** To choose from, the newest first. */
  readonly cards: readonly { readonly id: number; readonly name: string; readonly tags: readonly string[] }[]
}

const SHOWN = 25

export function stageView(world: AccountWorld, area: StageArea, id: number): StageView {
  const type = STAGE_AREAS[area]
  const { account, users } = world
  const shelf = type === null ? null : world[type]
  const newest = shelf?.order('updated_at').items.slice(-SHOWN).reverse() ?? []
  return {
    account: { id: account.id, name: account.name, subdomain: account.subdomain },
    users: users.map(({ id: userId, name, isAdmin }) => ({ id: userId, name, isAdmin })),
    card: type !== null && area.endsWith('card') ? shownCard(world, type, id) : null,
    cards:
      type === null ? [] : newest.map((card) => ({ id: card.id, name: card.name, tags: tagsOf(world, type, card) })),
  }
}

function shownCard(world: AccountWorld, type: EntityType, id: number): ShownCard | null {
  const card = world[type].get(id)
  if (card === undefined) return null
  const responsible = world.users.find((user) => user.id === card.responsibleUserId)?.name ?? ''
  return {
    id,
    name: card.name,
    fields: [['responsible', responsible], ...dealFields(world, type, id)],
    tags: tagsOf(world, type, card),
    links: linksOf(world, type, id),
  }
}

function dealFields(world: AccountWorld, type: EntityType, id: number): ShownCard['fields'] {
  const lead = type === 'leads' ? world.leads.get(id) : undefined
  if (lead === undefined) return []
  const status = world.status(lead.pipelineId, lead.statusId)?.name ?? ''
  const price = new Intl.NumberFormat('ru', { style: 'currency', currency: world.account.currency }).format(
    lead.price ?? 0,
  )
  return [
    ['stage', `${status}${isClosing(lead.statusId) ? '' : ` · ${world.pipelines.get(lead.pipelineId)?.name ?? ''}`}`],
    ['budget', price],
  ]
}

function tagsOf(world: AccountWorld, type: EntityType, card: Card): string[] {
  return card.tagIds.map((tagId) => world.tags[type].byId(tagId)?.name ?? '').filter((name) => name !== '')
}

function linksOf(world: AccountWorld, type: EntityType, id: number): ShownCard['links'] {
  const lead = world.leads.get(id)
  if (type === 'leads' && lead !== undefined) {
    return [
      ...named(world, 'ccard', contactsOf(world, lead)),
      ...named(world, 'comcard', lead.companyId === null ? [] : [lead.companyId]),
    ]
  }
  const company = type === 'companies' ? world.companies.get(id) : undefined
  if (company !== undefined) {
    return [...named(world, 'ccard', company.contactIds), ...named(world, 'lcard', company.leadIds)]
  }
  const contact = world.contacts.get(id)
  if (contact === undefined) return []
  return [
    ...named(world, 'comcard', contact.companyId === null ? [] : [contact.companyId]),
    ...named(world, 'lcard', contact.leadIds),
  ]
}

function named(world: AccountWorld, area: StageArea, ids: readonly number[]): ShownCard['links'] {
  const type = STAGE_AREAS[area]
  return ids.slice(0, SHOWN).flatMap((id) => {
    const card = type === null ? undefined : world[type].get(id)
    return card === undefined ? [] : [{ area, id, name: card.name }]
  })
}
