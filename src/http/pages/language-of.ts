import type { FastifyRequest } from 'fastify'
import type { Language } from './layout.ts'

/** People of these languages read Russian rather than English. */
const READ_RUSSIAN: readonly string[] = ['ru', 'be', 'kk', 'ky', 'tg', 'uk', 'uz']

/** The language of a page: what `?lang=` says, else what the browser prefers, else Russian. */
export const languageOf = ({ query, headers }: Pick<FastifyRequest, 'query' | 'headers'>): Language => {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined
  if (asked === 'ru' || asked === 'en') return asked
  const [preferred] = preferences(headers['accept-language'] ?? '')
  return preferred === undefined || READ_RUSSIAN.includes(preferred) ? 'ru' : 'en'
}

/** Primary tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first. */
const preferences = (header: string): string[] =>
  header
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
      return { tag: range.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ tag, weight }) => /^[a-z]{2,3}$/.test(tag) && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
