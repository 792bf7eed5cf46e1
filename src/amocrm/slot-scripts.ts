import { RedisScript } from './redis-script.ts'

/*
 * Two keys per counter, both with the account's hash tag:
 *   KEYS[1] sorted set: one member per request that still counts, its score the instant it stops counting.
 *           A request that is granted but not yet on the wire counts for long; `sent` shortens it to one window.
 *           So the window runs from the true instant of sending, however long a process or a connection stalls.
 *   KEYS[2] hash: rate and slowedAt (after a 429), restUntil, closedUntil and closings (in a row, since a 403 page),
 *           wish and wishUntil (who waits first).
 * Every instant is the Redis server's own, in milliseconds.
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** Longest sleep while grants are open: they turn into sent ones, with a known end, within milliseconds. */
const LOOK_AGAIN_MS = 20

/**
 * How long a more urgent waiter may claim a slot before others get it: after the instant it was told to come back at,
 * and after a grant while more like it wait behind. A busy process may be that late.
 */
const CLAIM_MS = 150

/** The same after its last grant: more of its kind may be on their way. */
const LAST_CLAIM_MS = 40

/**
 * Asks for one slot. ARGV: limit, window, time-to-live of an unsent grant, grant id, priority (0 first), slots regained per second,
 * 1 if more of that priority wait behind.
 * Answers `{0, 0}` granted, `{0, 1}` granted as a probe of a gate that was closed, `{1, ms}` ask again after ms, `{2, ms}` closed for ms.
 */
export const TAKE_SLOT = new RedisScript(`${NOW}
local limit, window, ttl = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local priority = tonumber(ARGV[5])
local state = redis.call('HMGET', KEYS[2], 'rate', 'slowedAt', 'restUntil', 'closedUntil', 'wish', 'wishUntil', 'closings')
local closedUntil, restUntil = tonumber(state[4] or 0), tonumber(state[3] or 0)
if closedUntil > now then return { 2, closedUntil - now } end
if restUntil > now then return { 1, restUntil - now } end
if state[1] then
  local regained = math.floor(tonumber(state[1]) + (now - tonumber(state[2])) / 1000 * tonumber(ARGV[6]))
  if regained >= limit then
    redis.call('HDEL', KEYS[2], 'rate', 'slowedAt')
  else
    limit = math.max(1, regained)
  end
end
local isProbe = state[7] and 1 or 0
if isProbe == 1 then limit = 1 end
local wish, wishUntil = tonumber(state[5] or 9), tonumber(state[6] or 0)
if wishUntil <= now then wish = 9 end
if wish < priority then return { 1, math.min(wishUntil - now, ${LOOK_AGAIN_MS}) } end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. (now + ttl), '+inf')
local counting = redis.call('ZCARD', KEYS[1])
if counting < limit then
  redis.call('ZADD', KEYS[1], now + ttl, ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ttl)
  local claim = ARGV[7] == '1' and ${CLAIM_MS} or ${LAST_CLAIM_MS}
  if wish < 9 then redis.call('HSET', KEYS[2], 'wishUntil', now + claim) end
  return { 0, isProbe }
end
local freeing = redis.call('ZRANGE', KEYS[1], counting - limit, counting - limit, 'WITHSCORES')
local wait = tonumber(freeing[2]) - now
if wait > window then wait = ${LOOK_AGAIN_MS} end
if priority < 2 then
  redis.call('HSET', KEYS[2], 'wish', priority, 'wishUntil', now + wait + ${CLAIM_MS})
  redis.call('PEXPIRE', KEYS[2], 86400000)
end
return { 1, math.max(1, wait) }
`)

/** The request is on the wire: it counts for one window from now. ARGV: grant id, window. */
export const SLOT_SENT = new RedisScript(`${NOW}
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], 60000)
return 1
`)

/** The request may have arrived late: it counts for so much longer, if it still does. ARGV: grant id, ms. */
export const SLOT_DELAYED = new RedisScript(`return redis.call('ZADD', KEYS[1], 'XX', 'INCR', ARGV[2], ARGV[1])`)

/** The request was never sent: its slot is free again. ARGV: grant id. */
export const SLOT_UNUSED = new RedisScript(`return redis.call('ZREM', KEYS[1], ARGV[1])`)

/**
 * amoCRM answered 429: everybody rests, and goes on at half the rate. Answers of one volley, those that come while all rest, count once.
 * ARGV: limit, slots regained per second, rest in ms.
 */
export const SLOW_DOWN = new RedisScript(`${NOW}
local limit = tonumber(ARGV[1])
local state = redis.call('HMGET', KEYS[2], 'rate', 'slowedAt', 'restUntil')
local rate, slowedAt = tonumber(state[1] or limit), tonumber(state[2] or 0)
if now >= slowedAt then
  rate = math.min(limit, rate + (now - slowedAt) / 1000 * tonumber(ARGV[2]))
  rate = math.max(1, math.floor(rate / 2))
end
local restUntil = math.max(tonumber(state[3] or 0), now + tonumber(ARGV[3]))
redis.call('HSET', KEYS[2], 'rate', rate, 'slowedAt', restUntil, 'restUntil', restUntil)
redis.call('PEXPIRE', KEYS[2], 86400000)
return rate
`)

/**
 * amoCRM answered a 403 page: nobody may send for a while, twice as long as the last time if no request succeeded since.
 * Answers of one volley, those that come while it is closed, count once. ARGV: shortest and longest closing in ms.
 * Answers for how long it is closed now.
 */
export const CLOSE_GATE = new RedisScript(`${NOW}
local state = redis.call('HMGET', KEYS[2], 'closedUntil', 'closings')
local closedUntil, closings = tonumber(state[1] or 0), tonumber(state[2] or 0)
if closedUntil > now then return closedUntil - now end
local closedFor = math.min(tonumber(ARGV[2]), tonumber(ARGV[1]) * 2 ^ closings)
redis.call('HSET', KEYS[2], 'closedUntil', now + closedFor, 'closings', closings + 1)
redis.call('PEXPIRE', KEYS[2], 86400000)
return closedFor
`)

/** A request got through a gate that was closed: the limit is the usual one again, and the next closing a first one. */
export const REOPEN_GATE = new RedisScript(`return redis.call('HDEL', KEYS[2], 'closings')`)
