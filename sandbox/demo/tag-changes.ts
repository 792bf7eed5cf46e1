import type { ClientRef } from '../../src/segmentation/verdict.ts'
import type { World } from '../world/world.ts'
import { ownerOf, tagsOf } from './facts-of-world.ts'

/** Tags of a client and of his deals, by card. */
export type TagPicture = ReadonlyMap<string, readonly string[]>

export function pictureOf(world: World, refs: readonly ClientRef[]): TagPicture {
  const picture = new Map<string, readonly string[]>()
  for (const ref of refs) {
    const type = ref.kind === 'contact' ? 'contacts' : 'companies'
    const card = world[type].get(ref.id)
    if (card === undefined) continue
    picture.set(`${card.name}`, tagsOf(world, type, card))
    for (const id of card.leadIds) {
      const lead = world.leads.get(id)
      const owner = lead && ownerOf(world, lead, 'contact')
      if (lead && owner?.id === ref.id) picture.set(`deal ${id}`, tagsOf(world, 'leads', lead))
    }
  }
  return picture
}

/** What was taken off and put on between two pictures, card by card: `−Новый +Разовый`. */
export function tagChanges(before: TagPicture, after: TagPicture): { readonly card: string; readonly tags: string }[] {
  return [...after].flatMap(([card, tags]) => {
    const had = before.get(card) ?? []
    const removed = had.filter((tag) => !tags.includes(tag)).map((tag) => `−${tag}`)
    const added = tags.filter((tag) => !had.includes(tag)).map((tag) => `+${tag}`)
    const changes = [...removed, ...added]
    return changes.length === 0 ? [] : [{ card, tags: changes.join(' ') }]
  })
}
