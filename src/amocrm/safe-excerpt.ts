import { asObject, asObjects, asText } from './hal.ts'

const LONGEST = 500

/** The parts of a refusal in which amoCRM speaks of the request, not of people. */
const SAID = ['title', 'code', 'status', 'detail', 'hint', 'message'] as const

/**
 * What an answer that is no success says, fit for a log: amoCRM's own words of a refusal, without any value it repeats.
 * Nothing of a success: it holds clients.
 */
export const safeExcerpt = (status: number, json: unknown, text: string): string => {
  if (status >= 200 && status < 300) return ''
  if (json === undefined) return withoutValues(titleOf(text)).slice(0, LONGEST)
  const body = asObject(json)
  const errors = asObjects(body['validation-errors']).flatMap((item) => asObjects(item.errors))
  const said = [
    ...SAID.map((name) => asText(body[name])),
    ...errors.map(({ code, path, detail }) => [path, code, detail].map(asText).filter(Boolean).join(' ')),
  ]
  return said.filter(Boolean).map(withoutValues).join('; ').slice(0, LONGEST)
}

/** In quotes all but names of fields, as `tags_to_add`. */
const QUOTED = /(["'])(?![a-z][a-z0-9_.]*\1).*?\1|«[^»]*»|“[^”]*”/g
const OTHER_ALPHABET = /[^\x20-\x7e…]+(?:[\s.,-]+[^\x20-\x7e…]+)*/g

/** What stands in quotes, and words of another alphabet than the platform's own sentences, are somebody's data. */
export const withoutValues = (text: string): string => text.replace(QUOTED, '…').replace(OTHER_ALPHABET, '…')

const titleOf = (text: string): string => /<title>([^<]*)<\/title>/i.exec(text)?.[1] ?? text.replace(/<[^>]*>/g, ' ')
