import type { Trial } from './start-trial.ts'

/**
 * Makes the jobs of a killed process free at once, as they are forty seconds later: their locks have run out, and one
 * check for stalled jobs has marked them.
 */
export async function runOutLocks({ redis, keys, accountId }: Trial): Promise<void> {
  const queue = `${keys.jobs}:${keys.queueOf(accountId)}`
  const active = await redis.lrange(`${queue}:active`, 0, -1)
  if (active.length > 0) await redis.sadd(`${queue}:stalled`, ...active)
  await redis.unlink(`${queue}:stalled-check`, ...active.map((id) => `${queue}:${id}:lock`))
}
