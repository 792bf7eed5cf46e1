import { LABELS, type Language } from './labels.ts'

type Titles = Readonly<Record<string, { readonly en: string; readonly ru: string }>>

const title = (en: string, ru: string) => ({ en, ru })

/** What each setting is called in conversation, by the last step of its path. */
const TITLES: Titles = {
  schemaVersion: title('schema version', 'версия схемы'),
  language: title('language', 'язык'),
  clientEntity: title('who is the client', 'кто считается клиентом'),
  purchasePipelines: title('pipelines with purchases', 'воронки с покупками'),
  pipelineId: title('pipeline', 'воронка'),
  statusIds: title('purchase stages', 'этапы покупки'),
  purchaseDateField: title('date field of a purchase', 'поле даты покупки'),
  minPrice: title('smallest purchase', 'наименьшая покупка'),
  mergeSameDay: title('purchases of one day are one', 'покупки одного дня — одна'),
  firstPurchaseIsNewForDays: title('days a first buyer stays new', 'сколько дней первый покупатель новый'),
  sleeping: title('sleeping clients', 'спящие клиенты'),
  mode: title('how silence is measured', 'как меряется тишина'),
  days: title('days', 'дней'),
  rhythm: title('rhythm of buying', 'ритм покупок'),
  factor: title('factor', 'множитель'),
  minDays: title('at least, days', 'не меньше, дней'),
  maxDays: title('at most, days', 'не больше, дней'),
  quantile: title('quantile of the gaps', 'квантиль промежутков'),
  regular: title('regular clients', 'постоянные клиенты'),
  minPurchases: title('purchases, at least', 'покупок, не меньше'),
  windowDays: title('counted days', 'за сколько дней'),
  junkReasons: title('loss reasons that mean junk', 'причины отказа «мусор»'),
  value: title('value', 'ценность'),
  tiers: title('tiers', 'уровни'),
  label: title('name', 'название'),
  from: title('from', 'от'),
  to: title('to', 'к'),
  rfm: title('RFM scores', 'оценки RFM'),
  recencyDays: title('bounds of recency, days', 'границы давности, дней'),
  frequency: title('bounds of frequency', 'границы частоты'),
  monetary: title('bounds of the sum', 'границы суммы'),
  stopTag: title('stop tag', 'стоп-тег'),
  targets: title('what is written', 'что записывается'),
  lifecycle: title('lifecycle', 'жизненный цикл'),
  temperature: title('temperature', 'температура'),
  standing: title('standing', 'состояние'),
  clientTags: title('tags of clients', 'теги клиентов'),
  dealTags: title('tags of deals', 'теги сделок'),
  field: title('field', 'поле'),
  names: title('names', 'названия'),
  card: title('card of the client', 'карточка клиента'),
  statuses: title('stages', 'этапы'),
  createCard: title('create missing cards', 'создавать карточки'),
  actions: title('actions', 'действия'),
  rules: title('rules', 'правила'),
  dimension: title('dimension', 'измерение'),
  id: title('id', 'id'),
  type: title('kind', 'вид'),
  on: title('on', 'где'),
  text: title('text', 'текст'),
  taskTypeId: title('type of task', 'тип задачи'),
  dueInHours: title('due in hours', 'срок, часов'),
  responsibleUserId: title('responsible', 'ответственный'),
  botId: title('Salesbot', 'Salesbot'),
  url: title('address', 'адрес'),
  coolDownDays: title('not again within days', 'не чаще, дней'),
  duringBackfill: title('also during the first run', 'и при первом проходе'),
  target: title('about', 'о ком'),
  enabled: title('switched on', 'включено'),
  when: title('condition', 'условие'),
  tag: title('tag', 'тег'),
}

const SEGMENTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ru: { ...LABELS.ru.lifecycle, ...LABELS.ru.temperature, ...LABELS.ru.standing },
  en: { ...LABELS.en.lifecycle, ...LABELS.en.temperature, ...LABELS.en.standing },
}

/** The name of one step of a path; null: it has none. */
export const titleOf = (step: string, language: Language): string | null =>
  (Object.hasOwn(TITLES, step) ? TITLES[step]?.[language] : undefined) ?? SEGMENTS[language][step] ?? null

const WORDS: Titles = {
  contact: title('the contact', 'контакт'),
  company: title('the company', 'компания'),
  fixed: title('the same days for all', 'одинаковый срок для всех'),
  rhythm: title("by the client's own rhythm", 'по ритму самого клиента'),
  ru: title('Russian', 'русский'),
  en: title('English', 'английский'),
  client: title('the client', 'клиент'),
  deal: title('a deal', 'сделка'),
}

const WORDED = new Set(['clientEntity', 'mode', 'language', 'target', 'on'])

/** The word for a setting's value, where it is one of a few known ones. */
export const wordOf = (step: string, value: string, language: Language): string | null =>
  WORDED.has(step) && Object.hasOwn(WORDS, value) ? (WORDS[value]?.[language] ?? null) : null
