import type { Policy } from './policy.ts'
import type { ClientRef } from './verdict.ts'

type ClientEntity = Policy['clientEntity']

/** Whom a deal is linked to in amoCRM. */
export interface DealLinks {
  /** In amoCRM's order. */
  readonly contacts: readonly { readonly id: number; readonly isMain: boolean }[]
  readonly companyId: number | null
}

/**
 * The client a deal belongs to; null: an orphan, with neither contact nor company. Of several contacts the main one
 * counts, else the first. In the mode `contact` a company stands in for missing contacts, in the mode `company` a contact
 * for the missing company.
 */
export const clientOf = (deal: DealLinks, mode: ClientEntity): ClientRef | null => {
  const contactId = (deal.contacts.find((contact) => contact.isMain) ?? deal.contacts[0])?.id
  const contact: ClientRef | null = contactId === undefined ? null : { kind: 'contact', id: contactId }
  const company: ClientRef | null = deal.companyId === null ? null : { kind: 'company', id: deal.companyId }
  return mode === 'contact' ? (contact ?? company) : (company ?? contact)
}

/** A contact or company as far as the question "is it a client?" goes. */
export interface ClientCandidate {
  readonly ref: ClientRef
  /** Company of a contact; null for companies. */
  readonly companyId: number | null
  /** Whether deals fall to it by `clientOf`. */
  readonly ownsDeals: boolean
}

/**
 * Whether a contact or company has segments of its own. The entities of the mode always have, and so has a contact
 * without a company; everyone else only while deals fall to them.
 */
export const isClient = ({ ref, companyId, ownsDeals }: ClientCandidate, mode: ClientEntity): boolean =>
  ownsDeals || ref.kind === mode || (ref.kind === 'contact' && companyId === null)
