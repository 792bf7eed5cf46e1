import { RedisScript, type ScriptRedis } from './redis-script.ts'

/** How the requests of an account stand at this moment, for people who look. */
export interface SlotState {
  /** Requests that count at this moment: those of the last second. */
  readonly used: number
  /** Requests a second that are allowed now: fewer for a while after amoCRM asked for patience. */
  readonly perSecond: number
  /** Nobody sends for so long, ms; 0: requests go out. */
  readonly restsMs: number
  /** amoCRM's protection answered in place of its API, and nothing got through since. */
  readonly isClosed: boolean
}

/** Reads what slot-scripts.ts keep. ARGV: limit. Answers requests that count, rate, ms of rest, 1 when closed. */
const READ_STATE = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', KEYS[2], 'rate', 'slowedAt', 'restUntil', 'closedUntil', 'closings')
local limit = tonumber(ARGV[1])
local rate = limit
if state[1] then rate = math.floor(tonumber(state[1]) + (now - tonumber(state[2])) / 1000) end
local untilThen = math.max(tonumber(state[3] or 0), tonumber(state[4] or 0))
return {
  redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf'),
  math.max(1, math.min(limit, rate)),
  math.max(0, untilThen - now),
  state[5] and 1 or 0,
}
`)

export const readSlotState = async (redis: ScriptRedis, key: string, limit: number): Promise<SlotState> => {
  const reply = await READ_STATE.run(redis, [key, `${key}:state`], [limit])
  const [used, perSecond, restsMs, closed] = reply as [number, number, number, number]
  return { used, perSecond, restsMs, isClosed: closed === 1 }
}
