import { describe, expect, it } from 'vitest'
import type { ClientRow } from '../../src/store/client-rows.ts'
import { ClientTable } from '../../src/sync/queries/client-table.ts'

const ROW: ClientRow = {
  client: { kind: 'contact', id: 3_000_000_001 },
  lifecycle: 'periodic',
  temperature: 'warm',
  standing: null,
  ltv: 1234.56,
  purchases: 3,
  lastPurchaseAt: 1_790_000_000,
  sleepsAt: 1_800_000_000,
  nextChangeAt: 4_300_000_000,
  responsibleUserId: 7,
}

describe('a table of clients', () => {
  it('gives back what was added, in order, what is not known too', () => {
    const rows: ClientRow[] = [
      ROW,
      { ...ROW, client: { kind: 'company', id: 2 }, lastPurchaseAt: null, sleepsAt: null, nextChangeAt: null },
      { ...ROW, lifecycle: null, temperature: null, standing: 'refused', ltv: 0, purchases: 0, responsibleUserId: 0 },
    ]
    const table = new ClientTable()
    for (const row of rows) table.add(row)
    expect(table.length).toBe(3)
    expect([...table]).toEqual(rows)
    expect([...table]).toEqual(rows)
  })

  it('holds more than one piece of a column', () => {
    const table = new ClientTable()
    const ids = Array.from({ length: 2_500 }, (_, index) => index * 3)
    for (const id of ids) table.add({ ...ROW, client: { kind: 'contact', id } })
    expect([...table].map(({ client }) => client.id)).toEqual(ids)
  })
})
