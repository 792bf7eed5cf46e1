import { describe, expect, it } from 'vitest'
import { clientOf, type DealLinks, isClient } from '../../src/segmentation/owner.ts'

const contact = (id: number) => ({ kind: 'contact', id }) as const
const company = (id: number) => ({ kind: 'company', id }) as const

describe('whose a deal is', () => {
  const both: DealLinks = {
    contacts: [
      { id: 1, isMain: false },
      { id: 2, isMain: true },
    ],
    companyId: 9,
  }
  const noMain: DealLinks = {
    contacts: [
      { id: 3, isMain: false },
      { id: 2, isMain: false },
    ],
    companyId: null,
  }
  const companyOnly: DealLinks = { contacts: [], companyId: 9 }
  const orphan: DealLinks = { contacts: [], companyId: null }

  it.each([
    ['the main contact', both, 'contact', contact(2)],
    ['the first contact where none is main', noMain, 'contact', contact(3)],
    ['the company where there is no contact', companyOnly, 'contact', company(9)],
    ['nobody: an orphan', orphan, 'contact', null],
    ['the company in company mode', both, 'company', company(9)],
    ['the main contact where there is no company', { ...both, companyId: null }, 'company', contact(2)],
    ['the first contact where there is no company and none is main', noMain, 'company', contact(3)],
    ['nobody in company mode either', orphan, 'company', null],
  ] as const)('%s', (_story, links, mode, expected) => {
    expect(clientOf(links, mode)).toEqual(expected)
  })
})

describe('who is a client', () => {
  it.each([
    ['a contact without deals', contact(1), null, false, 'contact', true],
    ['a contact of a company', contact(1), 9, false, 'contact', true],
    ['a company to which no deal falls', company(9), null, false, 'contact', false],
    ['a company to which deals fall', company(9), null, true, 'contact', true],
    ['a company without deals', company(9), null, false, 'company', true],
    ['a contact without a company', contact(1), null, false, 'company', true],
    ['a contact of a company', contact(1), 9, false, 'company', false],
    ['a contact of a company with deals of his own', contact(1), 9, true, 'company', true],
  ] as const)('%s: %j in company %s, deals %s, mode %s: %s', (_story, ref, companyId, ownsDeals, mode, expected) => {
    expect(isClient({ ref, companyId, ownsDeals }, mode)).toBe(expected)
  })
})
