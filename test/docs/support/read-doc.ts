import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A file of the repository, by its path from the root. */
export const readDoc = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8')

export const isThere = (path: string): boolean => existsSync(`${ROOT}${path}`)

/** Every document that people read: the root's and those under `docs`. */
export const documents = (): string[] => [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** The rows of all tables under a heading, up to the next heading of its rank or a higher one, without their heads. */
export const rowsUnder = (text: string, heading: string): string[][] => {
  const rank = /^#+/.exec(heading)?.[0].length ?? 0
  const [, after = ''] = text.split(`\n${heading}\n`)
  const [section = ''] = after.split(new RegExp(`^#{1,${rank}} `, 'm'))
  const lines = section.split('\n').filter((line) => line.startsWith('|'))
  return lines
    .filter((line, index) => !isRule(line) && !isRule(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const isRule = (line: string): boolean => /^\|[\s:|-]+\|$/.test(line)

/** What of a text is code: lines of blocks, and what stands in backticks. */
export const codeIn = (text: string): string[] => {
  const [prose, blocks] = text
    .split(/^```\w*$/m)
    .reduce<[string[], string[]]>(
      ([outside, inside], part, index) =>
        index % 2 === 0 ? [[...outside, part], inside] : [outside, [...inside, part]],
      [[], []],
    )
  return [...blocks.flatMap((block) => block.split('\n')), ...prose.flatMap(quoted)]
}

/** What stands in backticks in a text. */
export const quoted = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, inner = '']) => inner)
