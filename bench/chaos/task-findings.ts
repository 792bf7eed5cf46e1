import type { EntityType } from '../../sandbox/world/model.ts'
import type { World } from '../../sandbox/world/world.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import { TASK_TEXTS, type TaskSegment } from './chaos-policy.ts'
import type { Past, SegmentHistory } from './segment-history.ts'

/**
 * What is wrong with the tasks: nobody completes one here, so each client has at most one of each text; who came into a
 * segment has its task, who was never there has none.
 */
export function taskFindings(world: World, history: SegmentHistory): string[] {
  const pasts = new Map(history.pasts.map((past) => [placeOf(past.ref), past]))
  const tasks = tasksByPlace(world)
  const findings: string[] = []
  for (const segment of Object.keys(TASK_TEXTS) as TaskSegment[]) {
    for (const place of new Set([...pasts.keys(), ...tasks.keys()])) {
      const found = (tasks.get(place) ?? []).filter((text) => text === TASK_TEXTS[segment]).length
      const { least, most } = expected(pasts.get(place), segment, world.now())
      if (found < least || found > most) findings.push(`${place}: ${found} tasks «${TASK_TEXTS[segment]}»`)
    }
  }
  return findings
}

/** Whose second came just now may still be on the way, s. */
const GRACE_S = 15

function expected(past: Past | undefined, segment: TaskSegment, now: number): { least: number; most: number } {
  if (!past?.segments.has(segment)) return { least: 0, most: 0 }
  // In the storm nobody sees each of many moves; but who is there now and was not there before, has come.
  const hasCome = past.last === segment && past.since <= now - GRACE_S && past.first !== segment
  return { least: hasCome && !past.wasFrozen ? 1 : 0, most: 1 }
}

function tasksByPlace(world: World): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const { entityType, entityId, text } of world.tasks.all) {
    if (entityType === null || entityId === null) continue
    const place = `${entityType}/${entityId}`
    texts.set(place, [...(texts.get(place) ?? []), text])
  }
  return texts
}

function placeOf({ kind, id }: ClientRef): string {
  const type: EntityType = kind === 'contact' ? 'contacts' : 'companies'
  return `${type}/${id}`
}
