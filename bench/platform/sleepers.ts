import type { AccountWorld } from '../../sandbox/world/create-worlds.ts'
import { WON } from '../../sandbox/world/model.ts'

const SLEEPING_AFTER_S = 90 * 86_400

export function sleepers(
  world: AccountWorld,
  { count, fromSecond, seconds }: { count: number; fromSecond: number; seconds: number },
): void {
  void [world, count, fromSecond, seconds, WON, SLEEPING_AFTER_S]
}
