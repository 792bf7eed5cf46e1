/** Number of single-letter changes between two texts, letter case aside. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1]
    for (const [left, wanted] of [...other].entries()) {
      const change = (row[left] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(change, (row[left + 1] ?? 0) + 1, (next[left] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** The known name closest to a mistyped one; null: none is near enough to be meant. */
export const nearestTo = (name: string, known: readonly string[]): string | null => {
  const wanted = name.slice(0, 100).toLowerCase()
  let best: { readonly name: string; readonly far: number } | null = null
  for (const one of known) {
    const far = distance(wanted, one.toLowerCase())
    if (best === null || far < best.far) best = { name: one, far }
  }
  return best !== null && best.far <= Math.max(2, wanted.length / 3) ? best.name : null
}
