import type { Redis, Result } from 'ioredis'

/**
 * Compare-and-set of one client document together with every index that follows from it.
 *
 * KEYS[1] document, KEYS[2..] keys of the index commands.
 * ARGV[1] prefix of the expected revision, or '' when the document must not exist yet;
 * ARGV[2] the new text, or '' to delete; ARGV[3] JSON list of [command, keyNumber, ...arguments], all text.
 * Besides Redis commands it knows HDELIF field value: deletes the field only while it holds the value.
 * Answers 1 when done, 0 when somebody changed the document first; then nothing was changed.
 */
const SCRIPT = `
local current = redis.call('GET', KEYS[1])
if ARGV[1] == '' then
  if current then return 0 end
elseif not current or string.sub(current, 1, #ARGV[1]) ~= ARGV[1] then
  return 0
end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2]) end
for _, command in ipairs(cjson.decode(ARGV[3])) do
  local key = KEYS[command[2]]
  if command[1] == 'HDELIF' then
    if redis.call('HGET', key, command[3]) == command[4] then redis.call('HDEL', key, command[3]) end
  else
    redis.call(command[1], key, unpack(command, 3))
  end
end
return 1
`

declare module 'ioredis' {
  interface RedisCommander<Context> {
    commitClient(keyCount: number, ...keysAndArgs: string[]): Result<number, Context>
  }
}

/** Teaches a connection the commit script; ioredis sends its digest and loads the text only once per server. */
export function teachCommitScript(redis: Redis): void {
  redis.defineCommand('commitClient', { lua: SCRIPT })
}
