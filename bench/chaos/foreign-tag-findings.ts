import { tagsOf } from '../../sandbox/demo/facts-of-world.ts'
import { ENTITY_TYPES } from '../../sandbox/world/model.ts'
import type { Observer } from './observer.ts'

/** Cards on which other tags than ours differ from what people last made of them; deleted and closed ones included. */
export function foreignTagFindings({ world, records, judge }: Observer): string[] {
  const { ownedTags } = judge.policy
  const foreign = (tags: readonly string[]): string =>
    tags
      .filter((tag) => !ownedTags.has(tag))
      .toSorted()
      .join(', ')
  return ENTITY_TYPES.flatMap((type) =>
    [...world[type].all, ...world[type].binned].flatMap((card) => {
      const [wanted, found] = [foreign(records.of(type, card.id).tags), foreign(tagsOf(world, type, card))]
      return wanted === found
        ? []
        : [`${type}/${card.id}: foreign tags ${found || 'none'} in place of ${wanted || 'none'}`]
    }),
  )
}
