/** A cell; numbers stand to the right. */
export type Cell = string | number

/** Lines of a table with a head, columns as wide as they need to be. */
export function textTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => String(row[at] ?? '').length)))
  const isRight = head.map((_, at) => rows.every((row) => typeof row[at] === 'number'))
  const line = (cells: readonly Cell[]): string =>
    `  ${cells
      .map((cell, at) => (isRight[at] ? String(cell).padStart(widths[at] ?? 0) : String(cell).padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()}`
  return [line(head), `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...rows.map(line)]
}
