import type { AccountFacts } from '../segmentation/facts.ts'
import { type Language, type SegmentNames, segmentNames } from '../segmentation/labels.ts'
import type { Policy } from '../segmentation/policy.ts'
import { titleOf } from '../segmentation/policy-diff-titles.ts'
import { counted, formatNumber, type WordForms } from '../segmentation/render/plural.ts'
import { textIn } from '../segmentation/rules/local-text.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { Preview } from '../sync/preview.ts'

type Cost = Preview['cost']

const FORMS = {
  client: {
    ru: { one: 'клиент', few: 'клиента', many: 'клиентов', other: 'клиента' },
    en: { one: 'client', other: 'clients' },
  },
  request: {
    ru: { one: 'запрос', few: 'запроса', many: 'запросов', other: 'запроса' },
    en: { one: 'request', other: 'requests' },
  },
  minute: {
    ru: { one: 'минута', few: 'минуты', many: 'минут', other: 'минуты' },
    en: { one: 'minute', other: 'minutes' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, WordForms>>>>

const WORDS = {
  ru: {
    base: 'В базе',
    unread: 'ещё не прочитано',
    nobody: 'Никто не меняет сегмент.',
    segments: 'Сегменты, было → станет:',
    moves: 'Кто перейдёт:',
    none: 'нет',
    nobodysTasks: 'без ответственного',
    cost: 'Что это стоит в amoCRM:',
    written: 'записать',
    reading: 'из них на чтение базы',
    about: 'примерно',
    soon: 'меньше минуты',
    needsReading: 'Политике нужны поля, которых нет в зеркале: сначала база будет прочитана, цифры выше — без них.',
    fingerprint: 'Отпечаток',
    contact: 'контакт',
    company: 'компания',
    tagsAdded: 'тегов поставить',
    tagsRemoved: 'тегов снять',
    fields: 'полей изменить',
    dealMoves: 'сделок перевести',
    cards: 'карточек создать',
    tasks: 'задач поставить',
    otherActions: 'прочих действий',
  },
  en: {
    base: 'In the base',
    unread: 'not read yet',
    nobody: 'Nobody changes his segment.',
    segments: 'Segments, before → after:',
    moves: 'Who moves:',
    none: 'none',
    nobodysTasks: 'nobody in charge',
    cost: 'What it costs in amoCRM:',
    written: 'to write',
    reading: 'of them for reading the base',
    about: 'about',
    soon: 'less than a minute',
    needsReading:
      'The policy needs fields that the mirror lacks: the base will be read first, the figures above are without them.',
    fingerprint: 'Fingerprint',
    contact: 'contact',
    company: 'company',
    tagsAdded: 'tags to add',
    tagsRemoved: 'tags to remove',
    fields: 'fields to change',
    dealMoves: 'deals to move',
    cards: 'cards to make',
    tasks: 'tasks to create',
    otherActions: 'other actions',
  },
} as const

interface Teller {
  readonly language: Language
  readonly policy: Policy
  readonly account: AccountFacts
  readonly names: SegmentNames
}

/** A preview for people, line by line: who moves where, and what it costs. */
export const previewLines = (
  preview: Preview,
  { language, policy, account }: Pick<Teller, 'language' | 'policy' | 'account'>,
): string[] => {
  const words = WORDS[language]
  const teller = { language, policy, account, names: segmentNames({ ...policy, language }) }
  const unread = preview.unread === 0 ? '' : `, ${words.unread}: ${formatNumber(preview.unread, language)}`
  return [
    `${words.base} ${counted(preview.clients, FORMS.client[language], language)}${unread}.`,
    words.segments,
    ...segmentLines(preview, teller),
    ...(preview.moves.length === 0 ? [words.nobody] : [words.moves, ...moveLines(preview, teller)]),
    words.cost,
    ...costLines(preview.cost, teller),
    ...(preview.needsReading ? [words.needsReading] : []),
    `${words.fingerprint}: ${preview.fingerprint}`,
  ]
}

const dimensionName = (dimension: string, { language, policy }: Teller): string => {
  const rule = policy.rules.find(({ id }) => dimension === `rule:${id}`)
  if (rule) return textIn(rule.label, language)
  const title = titleOf(dimension === 'tier' ? 'value' : dimension, language) ?? dimension
  return title.charAt(0).toUpperCase() + title.slice(1)
}

const segmentName = (dimension: string, segment: string | null, { language, names }: Teller): string => {
  if (segment === null) return WORDS[language].none
  const known = Object.entries(names).find(([name]) => name === dimension)?.[1] as Record<string, string> | undefined
  return known?.[segment] ?? (dimension.startsWith('rule:') ? '✓' : segment)
}

/** In the order of the definitions; tiers and rules after them. */
const segmentLines = ({ before, after }: Preview, teller: Teller): string[] => {
  const order = Object.entries(teller.names).flatMap(([dimension, names]) =>
    Object.keys(names).map((segment) => `${dimension}:${segment}`),
  )
  const placeOf = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys
    .toSorted((one, other) => placeOf(one) - placeOf(other) || one.localeCompare(other))
    .map((key) => {
      const at = key.lastIndexOf(':')
      const [dimension, segment] = [key.slice(0, at), key.slice(at + 1)]
      const [was, is] = [before[key] ?? 0, after[key] ?? 0].map((count) => formatNumber(count, teller.language))
      return `  ${dimensionName(dimension, teller)}: ${segmentName(dimension, segment, teller)} ${was} → ${is}`
    })
}

const moveLines = ({ moves }: Preview, teller: Teller): string[] =>
  moves.map(({ dimension, from, to, clients, examples }) => {
    const [left, joined] = [from, to].map((segment) => segmentName(dimension, segment, teller))
    const count = counted(clients, FORMS.client[teller.language], teller.language)
    const some = examples.map((ref) => clientName(ref, teller)).join(', ')
    return `  ${dimensionName(dimension, teller)}: ${left} → ${joined}: ${count} (${some}${clients > examples.length ? ', …' : ''})`
  })

const clientName = ({ kind, id }: ClientRef, { language }: Teller): string => `${WORDS[language][kind]} ${id}`

const costLines = (cost: Cost, teller: Teller): string[] => {
  const { language } = teller
  const words = WORDS[language]
  const number = (value: number) => formatNumber(value, language)
  const parts = (['tagsAdded', 'tagsRemoved', 'fields', 'moves', 'cards', 'otherActions'] as const)
    .filter((part) => cost[part] > 0)
    .map((part) => `  ${words[part === 'moves' ? 'dealMoves' : part]}: ${number(cost[part])}`)
  const reading = cost.reading > 0 ? ` (${words.reading} ${number(cost.reading)})` : ''
  const minutes = cost.minutes < 1 ? words.soon : counted(Math.ceil(cost.minutes), FORMS.minute[language], language)
  const requests = counted(cost.requests, FORMS.request[language], language)
  return [
    `  ${words.written}: ${counted(cost.clients, FORMS.client[language], language)}`,
    ...parts,
    ...taskLines(cost, teller),
    `  ${requests}${reading}, ${words.about} ${minutes}`,
  ]
}

const taskLines = ({ tasks, tasksByUser }: Cost, { language, account }: Teller): string[] => {
  if (tasks === 0) return []
  const words = WORDS[language]
  const nameOf = (id: number) => account.users.find((user) => user.id === id)?.name ?? `#${id}`
  const byUser = Object.entries(tasksByUser).map(
    ([id, count]) => `${id === '0' ? words.nobodysTasks : nameOf(Number(id))} ${formatNumber(count, language)}`,
  )
  return [`  ${words.tasks}: ${formatNumber(tasks, language)} (${byUser.join(', ')})`]
}
