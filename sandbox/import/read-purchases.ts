import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { parseInstant } from './parse-instant.ts'
import { choosePurchaseColumns, type PurchaseColumns } from './purchase-columns.ts'

/** One purchase or cancellation: a row, or the rows of one invoice together. */
export interface PurchaseEntry {
  readonly client: string
  readonly invoice: string | null
  /** Unix seconds. */
  readonly at: number
  amount: number
}

export interface SkippedRows {
  withoutClient: number
  withoutDate: number
  withoutAmount: number
}

export interface ReadPurchases {
  readonly entries: readonly PurchaseEntry[]
  readonly rows: number
  /** Rows that went into the entry of an invoice seen before. */
  readonly mergedRows: number
  readonly skipped: SkippedRows
  readonly columns: PurchaseColumns
}

export interface ReadOptions {
  readonly columns?: Partial<PurchaseColumns>
  readonly delimiter?: string
}

type Row = Readonly<Record<string, string>>

/** Streams a CSV, plain or gzipped (`.gz`), and merges rows of one client's invoice. */
export async function readPurchases(source: string | Readable, options: ReadOptions = {}): Promise<ReadPurchases> {
  const rows = rowsOf(source, options.delimiter ?? ',')
  const byInvoice = new Map<string, PurchaseEntry>()
  const entries: PurchaseEntry[] = []
  const skipped = { withoutClient: 0, withoutDate: 0, withoutAmount: 0 }
  let columns: PurchaseColumns | null = null
  let count = 0
  for await (const row of rows) {
    columns ??= choosePurchaseColumns(Object.keys(row), options.columns)
    count += 1
    const entry = entryOf(row, columns, skipped)
    if (entry === null) continue
    const key = entry.invoice === null ? null : `${entry.invoice}\n${entry.client}`
    const known = key === null ? undefined : byInvoice.get(key)
    if (known !== undefined) {
      known.amount += entry.amount
      continue
    }
    entries.push(entry)
    if (key !== null) byInvoice.set(key, entry)
  }
  if (columns === null) throw new Error('The file holds no rows')
  const skippedRows = skipped.withoutClient + skipped.withoutDate + skipped.withoutAmount
  return { entries, rows: count, mergedRows: count - skippedRows - entries.length, skipped, columns }
}

function rowsOf(source: string | Readable, delimiter: string): AsyncIterable<Row> {
  const parser = parse({
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    delimiter,
  })
  const raw = typeof source === 'string' ? createReadStream(source) : source
  const isPacked = typeof source === 'string' && source.endsWith('.gz')
  // A failure of any stage destroys the parser with it, which the reader of the rows then throws.
  pipeline(isPacked ? [raw, createGunzip(), parser] : [raw, parser], () => {})
  return parser
}

function entryOf(row: Row, columns: PurchaseColumns, skipped: SkippedRows): PurchaseEntry | null {
  const client = row[columns.client] ?? ''
  if (client === '') {
    skipped.withoutClient += 1
    return null
  }
  const at = parseInstant(row[columns.date] ?? '')
  if (at === null) {
    skipped.withoutDate += 1
    return null
  }
  const amount = amountOf(row, columns)
  if (amount === null) {
    skipped.withoutAmount += 1
    return null
  }
  const invoice = columns.invoice === null ? '' : (row[columns.invoice] ?? '')
  return { client, invoice: invoice === '' ? null : invoice, at, amount }
}

function amountOf(row: Row, { amount, quantity, unitPrice }: PurchaseColumns): number | null {
  if (amount !== null) return numberOf(row[amount])
  const count = numberOf(quantity === null ? undefined : row[quantity])
  const price = numberOf(unitPrice === null ? undefined : row[unitPrice])
  return count === null || price === null ? null : count * price
}

function numberOf(text: string | undefined): number | null {
  const plain = (text ?? '').replaceAll(/[\s$€£₽]/g, '').replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}
