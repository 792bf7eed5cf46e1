import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseInstant } from '../../sandbox/import/parse-instant.ts'
import { importPurchases } from '../../sandbox/import-purchases.ts'
import { createWorlds } from '../../sandbox/world/create-worlds.ts'
import { LOST, WON } from '../../sandbox/world/model.ts'
import type { World } from '../../sandbox/world/world.ts'

const NOW = 1_790_000_000
const DAY = 86_400

function emptyWorld(): World {
  const [world] = createWorlds({}, () => NOW * 1000).values()
  if (world === undefined) throw new Error('no world')
  return world
}

const csv = (...lines: string[]): Readable => Readable.from([`${lines.join('\n')}\n`])

/** Won deals of a contact: seconds before now and price. */
const bought = (world: World, contactId: number | undefined) =>
  world.leads.all
    .filter((lead) => lead.mainContactId === contactId && lead.statusId === WON)
    .map((lead) => [NOW - (lead.closedAt ?? 0), lead.price])

describe('an import', () => {
  it('makes contacts with won deals, the last one a day before now', async () => {
    const world = emptyWorld()
    const report = await importPurchases(
      world,
      csv('client,date,amount', 'a,2020-01-01,10', 'b,2020-01-03,20.4', 'a,2020-01-11,30'),
    )
    expect(report).toMatchObject({ rows: 3, clients: 2, purchases: 3, cancelled: 0 })
    expect(bought(world, report.contactIds.get('a'))).toEqual([
      [11 * DAY, 10],
      [DAY, 30],
    ])
    expect(bought(world, report.contactIds.get('b'))).toEqual([[9 * DAY, 20]])
    expect(world.contacts.get(report.contactIds.get('a') ?? 0)?.leadIds).toHaveLength(2)
  })

  it('takes another distance from now', async () => {
    const world = emptyWorld()
    await importPurchases(world, csv('client,date,amount', 'a,2020-01-01,10'), { lastPurchaseAgo: 90 * DAY })
    expect(world.leads.all[0]?.closedAt).toBe(NOW - 90 * DAY)
  })

  it('leaves out what is no purchase and says how many', async () => {
    const world = emptyWorld()
    const rows = [
      ',2020-01-01,10',
      'a,not a day,10',
      'a,2020-02-31,10',
      'a,2020-01-01,',
      'a,2020-01-01,0',
      'a,2020-01-01,-5',
      'a,2020-01-01,7',
    ]
    const report = await importPurchases(world, csv('client,date,amount', ...rows))
    expect(report).toMatchObject({
      rows: 7,
      purchases: 1,
      skipped: { withoutClient: 1, withoutDate: 2, withoutAmount: 1, nonPositive: 2, unmatchedCancellations: 0 },
    })
  })

  it('takes back the client’s last purchase of the amount a cancellation names', async () => {
    const world = emptyWorld()
    const report = await importPurchases(
      world,
      csv(
        'invoice,customer_id,datetime,amount_gbp',
        '1,a,2020-01-01 10:00,10.5',
        '2,a,2020-01-02 10:00,10.5',
        '3,b,2020-01-02 11:00,10.5',
        'C4,a,2020-01-03 10:00,-10.5',
        'C5,a,2020-01-04 10:00,-99',
        'C6,c,2020-01-01 09:00,-10.5',
      ),
    )
    expect(report).toMatchObject({ purchases: 2, cancelled: 1, skipped: { unmatchedCancellations: 2 } })
    const [cancelled] = world.leads.all.filter(({ statusId }) => statusId === LOST)
    expect(cancelled).toMatchObject({ name: 'Заказ 2', lossReasonId: expect.any(Number) })
    expect(cancelled?.closedAt).toBeLessThanOrEqual(NOW)
  })

  it('merges the lines of an invoice', async () => {
    const world = emptyWorld()
    const report = await importPurchases(
      world,
      csv(
        'InvoiceNo,CustomerID,InvoiceDate,Quantity,UnitPrice',
        '1,a,12/1/2010 8:26,6,2.5',
        '1,a,12/1/2010 8:26,2,5',
        '2,a,12/2/2010 8:26,1,3',
      ),
    )
    expect(report).toMatchObject({ rows: 3, purchases: 2, mergedRows: 1 })
    expect(world.leads.all.map(({ price }) => price)).toEqual([25, 3])
  })

  it('reads packed files and columns of any name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'purchases-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'a.csv.gz')
    writeFileSync(path, gzipSync('кто;когда;сколько\na;01.02.2020;"1 000,50 ₽"\n'))
    const world = emptyWorld()
    const columns = { client: 'кто', date: 'когда', amount: 'сколько' }
    expect(await importPurchases(world, path, { columns, delimiter: ';' })).toMatchObject({ purchases: 1 })
    expect(world.leads.all[0]?.price).toBe(1001)
  })

  it.each([
    ['a column it cannot find', csv('who,date,amount', 'a,2020-01-01,1'), {}, 'client'],
    [
      'a column that was named wrongly',
      csv('client,date,amount', 'a,2020-01-01,1'),
      { columns: { amount: 'sum' } },
      'amount',
    ],
    ['a file without rows', csv('client,date,amount'), {}, 'no rows'],
  ])('stops at %s', async (_, source, options, words) => {
    await expect(importPurchases(emptyWorld(), source, options)).rejects.toThrow(words)
  })

  it('stops at a file that is not there', async () => {
    await expect(importPurchases(emptyWorld(), '/nowhere/purchases.csv')).rejects.toThrow('ENOENT')
  })
})

describe('an instant', () => {
  it.each([
    ['1997-01-31', Date.UTC(1997, 0, 31)],
    ['19970131', Date.UTC(1997, 0, 31)],
    ['2010-12-01 08:26', Date.UTC(2010, 11, 1, 8, 26)],
    ['2010-12-01T08:26:05Z', Date.UTC(2010, 11, 1, 8, 26, 5)],
    ['31.01.1997 7:05', Date.UTC(1997, 0, 31, 7, 5)],
    ['12/1/2010 8:26', Date.UTC(2010, 11, 1, 8, 26)],
  ])('is read from %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected / 1000)
  })

  it.each(['', 'yesterday', '2010-13-01', '2011-02-29', '31/12/2010', '2010-12-01 25:00'])(
    'is not read from "%s"',
    (text) => {
      expect(parseInstant(text)).toBeNull()
    },
  )
})
