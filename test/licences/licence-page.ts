import type { ShippedPackage } from './shipped-packages.ts'

/** Licences that ask for no more than that their text goes along: nothing of ours has to be given away for them. */
const PERMISSIVE = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
])

/** Whether a licence (SPDX expression) lets the product be shipped with the package. */
export const isPermissive = (licence: string): boolean =>
  licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => PERMISSIVE.has(one)))

/** The page `docs/licences.md`. */
export const licencePage = (packages: readonly ShippedPackage[]): string => {
  const counts = new Map<string, number>()
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const byCount = [...counts].toSorted(([, one], [, other]) => other - one)
  return `# Licences of what is shipped

amo-segments itself is under the [MIT licence](../LICENSE). Below is every package that is installed beside the service
(\`npm ci --omit=dev\`) or built into the web app. Made by \`npm run licences\`; a test keeps it current, and lets in only
licences that ask for no more than that their text goes along.

${table(
  ['Licence', 'Packages'],
  byCount.map(([licence, count]) => [licence, String(count)]),
)}

${table(
  ['Package', 'Version', 'Licence', 'Part of'],
  packages.map(({ name, version, licence, where }) => [name, version, licence, where.join(', ')]),
)}
`
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
