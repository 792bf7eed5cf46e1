import type { Seconds } from '../facts.ts'
import type { Language } from '../labels.ts'
import { NBSP, type WordForms } from './plural.ts'
import type { Voice } from './voice.ts'

/** What a client bought, in brief. */
export interface BoughtInBrief {
  readonly count: number
  readonly sum: number
  readonly averageCheck: number | null
  readonly lastAt: Seconds | null
}

/** Why a card shows no segments of its own. */
export type Absence =
  /** The whole base is still read for the first time. */
  | 'base_is_read'
  /** The card is not known yet: it was just created, or is about to be read. */
  | 'not_read'
  /** A deal with neither contact nor company. */
  | 'nobody'
  | 'deal_deleted'
  /** Under the policy contacts are the clients. */
  | 'company_is_no_client'
  /** Under the policy companies are. */
  | 'contact_is_no_client'

/** What is worth knowing beside the segments. */
export type Remark =
  | 'main_contact'
  | 'company_of_deal'
  | 'frozen'
  | 'held'
  | 'paused_by_hand'
  | 'paused_by_trouble'
  | 'disconnected'

interface CardTexts {
  readonly absences: Readonly<Record<Absence, string>>
  readonly remarks: Readonly<Record<Remark, string>>
  readonly purchases: WordForms
  readonly sum: (count: string, sum: string) => string
  readonly average: (sum: string) => string
  readonly last: (date: string) => string
  readonly noPurchases: string
  readonly neverChanges: string
}

const TEXTS: Readonly<Record<Language, CardTexts>> = {
  ru: {
    absences: {
      base_is_read: 'База ещё читается. Сегменты появятся здесь сами, обычно в течение нескольких минут.',
      not_read: 'Карточка ещё не прочитана. Новая появляется здесь через несколько секунд после сохранения.',
      nobody: 'В сделке нет ни контакта, ни компании, поэтому сегменты определить не у кого. Добавьте контакт.',
      deal_deleted: 'Эта сделка удалена и в сегментах не учитывается.',
      company_is_no_client:
        'Клиенты в этом аккаунте — контакты. У компании есть свои сегменты, только если её сделки без контакта.',
      contact_is_no_client:
        'Клиенты в этом аккаунте — компании. Сегменты этого контакта смотрите в карточке его компании.',
    },
    remarks: {
      main_contact: 'Клиент сделки — её основной контакт: по нему и считаются сегменты.',
      company_of_deal: 'Клиент сделки — компания: по ней и считаются сегменты.',
      frozen: 'На карточке стоит стоп-тег: сегменты считаются, но в amoCRM не записываются.',
      held: 'Новые правила применяются только к новым случаям: записанное в карточке пока остаётся прежним.',
      paused_by_hand: 'Работа приостановлена администратором: изменения ждут и будут учтены после возобновления.',
      paused_by_trouble: 'amoCRM сейчас не пускает сервис к данным: сегменты могли устареть.',
      disconnected: 'Интеграция отключена: сегменты больше не обновляются.',
    },
    purchases: { one: 'покупка', few: 'покупки', many: 'покупок', other: 'покупки' },
    sum: (count, sum) => `${count} на${NBSP}${sum}`,
    average: (sum) => `средний чек ${sum}`,
    last: (date) => `последняя ${date}`,
    noPurchases: 'Покупок ещё не было',
    neverChanges: 'Само по себе ничего не изменится',
  },
  en: {
    absences: {
      base_is_read:
        'The base is still being read. The segments will appear here by themselves, usually within minutes.',
      not_read: 'This card has not been read yet. A new one appears here a few seconds after it is saved.',
      nobody: 'The deal has neither a contact nor a company, so there is nobody to segment. Add a contact.',
      deal_deleted: 'This deal was deleted and does not count towards any segment.',
      company_is_no_client:
        'Contacts are the clients in this account. A company has segments only if it has deals without a contact.',
      contact_is_no_client:
        'Companies are the clients in this account. Look for the segments on the card of this contact’s company.',
    },
    remarks: {
      main_contact: 'The client of a deal is its main contact: the segments are the contact’s.',
      company_of_deal: 'The client of this deal is the company: the segments are the company’s.',
      frozen: 'The card bears the stop tag: segments are worked out but not written to the CRM.',
      held: 'New rules apply to new cases only: what stands on the card stays as it is for now.',
      paused_by_hand: 'An administrator paused the work: changes wait and will count once it is resumed.',
      paused_by_trouble: 'The CRM does not let the service in at present: segments may be out of date.',
      disconnected: 'The integration is switched off: segments are not kept up to date any more.',
    },
    purchases: { one: 'purchase', other: 'purchases' },
    sum: (count, sum) => `${count} for${NBSP}${sum}`,
    average: (sum) => `${sum} on average`,
    last: (date) => `last ${date}`,
    noPurchases: 'No purchases yet',
    neverChanges: 'Nothing will change by itself',
  },
}

export const renderAbsence = (absence: Absence, language: Language): string => TEXTS[language].absences[absence]

export const renderRemark = (remark: Remark, language: Language): string => TEXTS[language].remarks[remark]

/** E.g. `5 покупок на 62 500 ₽, средний чек 12 500 ₽, последняя 14.08.2026`. */
export const renderBought = ({ count, sum, averageCheck, lastAt }: BoughtInBrief, voice: Voice): string => {
  const texts = TEXTS[voice.language]
  if (count === 0) return texts.noPurchases
  const parts = [
    texts.sum(voice.count(count, texts.purchases), voice.money(sum)),
    ...(averageCheck === null || count === 1 ? [] : [texts.average(voice.money(averageCheck))]),
    ...(lastAt === null ? [] : [texts.last(voice.date(lastAt))]),
  ]
  return parts.join(', ')
}

/** What a card says where no change is to come by itself. */
export const renderNoChange = (language: Language): string => TEXTS[language].neverChanges
