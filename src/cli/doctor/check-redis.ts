import type { RedisClient } from '../../store/redis-client.ts'
import { type Finding, fail, ok, said, warn } from './finding.ts'

/** The oldest with every command that is used. */
const OLDEST = [6, 2] as const
const PINGS = 5
/** Every step of the work is a few round trips, ms. */
const SLOW_MS = 20
/** Part of its memory at which Redis is nearly full: what is then written is refused. */
const NEARLY_FULL = 0.8
/** Disposable tokens and due clients go by our clock, slots by that of Redis; ms. */
const CLOCKS_APART_MS = 2_000

/** Whether Redis is one that loses nothing. What it does not tell of itself (a managed one may not) is a warning. */
export const checkRedis = async (redis: RedisClient): Promise<Finding[]> => {
  const info = await redis.info().catch(() => '')
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1]
  return [
    version(field('redis_version')),
    policy(field('maxmemory_policy')),
    appendOnly(field('aof_enabled')),
    ...memory(Number(field('used_memory')), Number(field('maxmemory'))),
    await latency(redis),
    await clock(redis),
  ]
}

const version = (found: string | undefined): Finding => {
  const [major = 0, minor = 0] = (found ?? '').split('.').map(Number)
  const isNew = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
  const advice = said('нужна версия 6.2 или новее', 'version 6.2 or newer is needed')
  if (found === undefined)
    return warn('redis.version', said('Redis не называет свою версию', 'Redis does not tell its version'), advice)
  const text = said(`Redis отвечает, версия ${found}`, `Redis answers, version ${found}`)
  return isNew ? ok('redis.version', text) : fail('redis.version', text, advice)
}

const policy = (found: string | undefined): Finding => {
  const text = said(`Redis: maxmemory-policy ${found ?? 'неизвестна'}`, `Redis: maxmemory-policy ${found ?? 'unknown'}`)
  if (found === 'noeviction') return ok('redis.policy', text)
  const advice = said(
    'задайте «maxmemory-policy noeviction»: иначе при полной памяти Redis забывает задания и клиентов',
    'set "maxmemory-policy noeviction": a full Redis forgets jobs and clients otherwise',
  )
  return found === undefined ? warn('redis.policy', text, advice) : fail('redis.policy', text, advice)
}

const appendOnly = (found: string | undefined): Finding => {
  if (found === '1') return ok('redis.aof', said('Redis: журнал AOF включён', 'Redis: the append-only file is on'))
  const advice = said(
    'задайте «appendonly yes»: иначе после сбоя теряется всё с последнего снимка, в том числе токены',
    'set "appendonly yes": all since the last snapshot, tokens too, is lost in a crash otherwise',
  )
  const isOff = found === '0'
  const text = isOff
    ? said('Redis: журнал AOF выключен', 'Redis: the append-only file is off')
    : said('Redis не говорит, включён ли журнал AOF', 'Redis does not tell whether its append-only file is on')
  return isOff ? fail('redis.aof', text, advice) : warn('redis.aof', text, advice)
}

const memory = (used: number, most: number): Finding[] => {
  if (!(most > 0) || Number.isNaN(used)) return []
  const percent = Math.round((100 * used) / most)
  const text = said(`Redis: занято ${percent} % памяти`, `Redis: ${percent} % of its memory is used`)
  if (used < NEARLY_FULL * most) return [ok('redis.memory', text)]
  const advice = said(
    'добавьте памяти (maxmemory): полный Redis не принимает хуки',
    'give it more (maxmemory): a full Redis takes no webhooks',
  )
  return [warn('redis.memory', text, advice)]
}

const latency = async (redis: RedisClient): Promise<Finding> => {
  const times: number[] = []
  for (let ping = 0; ping < PINGS; ping++) {
    const startedAt = performance.now()
    await redis.ping()
    times.push(performance.now() - startedAt)
  }
  const usual = times.sort((a, b) => a - b)[Math.floor(PINGS / 2)] ?? 0
  const text = said(`Redis отвечает за ${usual.toFixed(1)} мс`, `Redis answers in ${usual.toFixed(1)} ms`)
  if (usual <= SLOW_MS) return ok('redis.latency', text)
  return warn('redis.latency', text, said('держите Redis рядом с сервисом', 'keep Redis next to the service'))
}

const clock = async (redis: RedisClient): Promise<Finding> => {
  const [seconds, micros] = await redis.time()
  const apart = Math.abs(Number(seconds) * 1000 + Math.floor(Number(micros) / 1000) - Date.now())
  const text = said(`Часы Redis расходятся с нашими на ${apart} мс`, `The clock of Redis is ${apart} ms from ours`)
  if (apart <= CLOCKS_APART_MS) return ok('redis.clock', text)
  return warn('redis.clock', text, said('настройте NTP на обеих машинах', 'run NTP on both machines'))
}
