import type { Result } from 'ioredis'
import type { RedisClient } from './redis-client.ts'

/**
 * Compare-and-set of one client document together with every index that follows from it.
 *
 * KEYS[1] document, KEYS[2..] keys of the index commands.
 * ARGV[1] prefix of the expected revision, or '' when the document must not exist yet;
 * ARGV[2] the new text, or '' to delete; ARGV[3] JSON list of [command, keyNumber, ...arguments], all text.
 * Besides Redis commands it knows
 * - HDELIF field value: deletes the field only while it holds the value;
 * - CLAIM field value readAt: sets the field, unless it holds another client, or a mark (see MARK) of a younger reading.
 * Answers 1 when done, 0 when somebody changed the document first, 2 when a claim fails; then nothing was changed.
 */
const SCRIPT = `
local current = redis.call('GET', KEYS[1])
if ARGV[1] == '' then
  if current then return 0 end
elseif not current or string.sub(current, 1, #ARGV[1]) ~= ARGV[1] then
  return 0
end
local commands = cjson.decode(ARGV[3])
for _, command in ipairs(commands) do
  local held = command[1] == 'CLAIM' and redis.call('HGET', KEYS[command[2]], command[3])
  if held and held ~= command[4] then
    local marked = string.match(held, '^[ox](%d+)$')
    if not marked or tonumber(marked) > tonumber(command[5]) then return 2 end
  end
end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2]) end
for _, command in ipairs(commands) do
  local key = KEYS[command[2]]
  if command[1] == 'HDELIF' then
    if redis.call('HGET', key, command[3]) == command[4] then redis.call('HDEL', key, command[3]) end
  elseif command[1] == 'CLAIM' then
    redis.call('HSET', key, command[3], command[4])
  else
    redis.call(command[1], key, unpack(command, 3))
  end
end
return 1
`

/**
 * Marks a deal that no client has: KEYS[1] its bucket, ARGV[1] field, ARGV[2] mark, ARGV[3] instant of the reading.
 * A mark is `x` (deleted) or `o` (orphan) with that instant. Answers 1 when done, 0 when a client has the deal or a
 * younger reading marked it; then nothing was changed.
 */
const MARK = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
  local marked = string.match(held, '^[ox](%d+)$')
  if not marked or tonumber(marked) > tonumber(ARGV[3]) then return 0 end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`

declare module 'ioredis' {
  interface RedisCommander<Context> {
    commitClient(keyCount: number, ...keysAndArgs: string[]): Result<number, Context>
    markDeal(key: string, field: string, mark: string, readAt: number): Result<number, Context>
  }
}

/** Teaches a connection the mirror's scripts; ioredis sends a digest and loads the text only once per server. */
export function teachCommitScript(redis: RedisClient): void {
  redis.defineCommand('commitClient', { lua: SCRIPT })
  redis.defineCommand('markDeal', { numberOfKeys: 1, lua: MARK })
}
