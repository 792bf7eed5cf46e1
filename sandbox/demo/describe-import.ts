import type { ImportReport } from '../import-purchases.ts'

/** What was made of a purchase log, and what was left out, in words. */
export function describeImport(report: ImportReport): string[] {
  const { rows, clients, purchases, cancelled, mergedRows, skipped, shiftSeconds } = report
  const days = Math.round(shiftSeconds / 86_400)
  const notes: readonly (readonly [number, string])[] = [
    [mergedRows, 'rows joined the purchase of an invoice seen before'],
    [cancelled, 'purchases were taken back by a later cancellation: lost deals'],
    [skipped.unmatchedCancellations, 'cancellations skipped: no purchase of the same client and amount before them'],
    [skipped.withoutClient, 'rows skipped: they name no customer'],
    [skipped.withoutDate, 'rows skipped: no date that can be read'],
    [skipped.withoutAmount, 'rows skipped: no amount that can be read'],
    [skipped.nonPositive, 'purchases skipped: for nothing or less'],
  ]
  return [
    `${rows} rows: ${clients} clients with ${purchases} purchases, moved by ${days} days so that the last was yesterday`,
    ...notes.filter(([count]) => count > 0).map(([count, text]) => `  ${count} ${text}`),
  ]
}
