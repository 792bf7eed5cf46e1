/** What a spreadsheet would take for a formula, and run. */
const FORMULA = /^[=+\-@\t\r]/

const QUOTED = /["\r\n;,]/

export type CsvCell = string | number | null

/** What numbers and lists look like where a language is spoken: so spreadsheets there open a file as it is. */
export interface CsvDialect {
  readonly separator: ';' | ','
  readonly decimal: ',' | '.'
}

/** Without it spreadsheets take UTF-8 for something else. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** One line of a CSV file (RFC 4180) with its end; text that looks like a formula is made text by an apostrophe. */
export const csvLine = (cells: readonly CsvCell[], { separator, decimal }: CsvDialect): string =>
  `${cells.map((cell) => written(cell, decimal)).join(separator)}\r\n`

const written = (cell: CsvCell, decimal: CsvDialect['decimal']): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return quoted(String(cell).replace('.', decimal))
  return quoted(FORMULA.test(cell) ? `'${cell}` : cell)
}

const quoted = (text: string): string => (QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
