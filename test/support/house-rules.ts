import { posix } from 'node:path'

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

interface Import {
  readonly from: string
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean
}

interface Allowed {
  /** Places whose values a room may use; their types too. A place is a folder or a file. */
  readonly values: readonly string[]
  readonly types: readonly string[]
}

/** Who may import whom; a room may always import itself. The table of docs/architecture.md. */
const ROOMS: Readonly<Record<string, Allowed>> = {
  'src/segmentation': { values: [], types: [] },
  'src/amocrm': { values: ['src/segmentation'], types: ['src/store', 'src/config.ts'] },
  'src/store': { values: ['src/segmentation'], types: ['src/amocrm/token-store.ts'] },
  'src/sync': { values: ['src/segmentation', 'src/amocrm', 'src/store'], types: [] },
  'src/tracing': { values: [], types: ['src/amocrm'] },
  'src/metrics': { values: ['src/segmentation', 'src/store', 'src/sync'], types: ['src/amocrm'] },
  'src/http': {
    values: [
      'src/sync',
      'src/store',
      'src/amocrm/parse-hook.ts',
      'src/amocrm/parse-pipeline-hook.ts',
      'src/amocrm/allowed-host.ts',
    ],
    types: ['src/amocrm/hook-touch.ts', 'src/config.ts', 'src/segmentation', 'src/metrics', 'src/tracing'],
  },
  // The core is pure, so it runs in a browser as it is; of the rest only the types are known there.
  web: { values: ['src/segmentation'], types: ['src/http', 'src/sync'] },
  widget: { values: [], types: ['src/http', 'src/sync', 'src/segmentation'] },
}

const LONGEST_FILE = 300
const PRODUCT = ['src', 'web', 'widget']
const OUTSIDE_THE_PRODUCT = ['sandbox', 'test', 'bench']

/** The pure core: the instant is an argument, and so is everything else. */
const IMPURE = /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bperformance\b|\bprocess\b/

/** Every broken rule of the house, as `path: sentence`. */
export const houseProblems = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) => [...shapeProblems(file), ...directionProblems(file)].map((fault) => `${file.path}: ${fault}`))

const shapeProblems = ({ path, text }: SourceFile): string[] => {
  const lines = text.trimEnd().split('\n').length
  const isConfig = /\.config\.ts$/.test(path)
  return [
    ...(lines > LONGEST_FILE ? [`has ${lines} lines, more than ${LONGEST_FILE}`] : []),
    ...(!isConfig && /^export(?: default\b|\s*\{[^}]*\bas default\b)/m.test(text) ? ['has a default export'] : []),
  ]
}

const directionProblems = ({ path, text }: SourceFile): string[] => {
  if (!PRODUCT.some((place) => isWithin(path, place))) return []
  const code = withoutComments(text)
  const imports = importsOf(code)
  const leaks = imports
    .filter(({ from }) => isOwn(from) && OUTSIDE_THE_PRODUCT.some((place) => isWithin(target(path, from), place)))
    .map(({ from }) => `imports ${from}, which is no part of the product`)
  const room = Object.keys(ROOMS).find((name) => isWithin(path, name))
  if (room === undefined) return leaks
  const forbidden = imports
    .filter((one) => isOwn(one.from) && !mayImport(room, target(path, one.from), one.typeOnly))
    .map(({ from }) => `imports ${from}, against the direction of the rooms`)
  return [...leaks, ...forbidden, ...(room === 'src/segmentation' ? purityProblems(code, imports) : [])]
}

const purityProblems = (code: string, imports: readonly Import[]): string[] => {
  const impure = IMPURE.exec(code)
  return [
    ...(impure ? [`uses ${impure[0]}; the core knows no clock, chance or process`] : []),
    ...imports
      .filter(({ from }) => !isOwn(from) && from !== 'zod')
      .map(({ from }) => `imports ${from}; only zod may be`),
  ]
}

const mayImport = (room: string, wanted: string, typeOnly: boolean): boolean => {
  const { values, types } = ROOMS[room] ?? { values: [], types: [] }
  return [room, ...values, ...(typeOnly ? types : [])].some((place) => isWithin(wanted, place))
}

const isOwn = (specifier: string): boolean => specifier.startsWith('.')
const isWithin = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`)
const target = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier)

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const STATIC = /^\s*(?:import|export)\s+(type\s)?([^'";]*?)\bfrom\s*['"]([^'"]+)['"]/gm
const BARE_OR_DYNAMIC = /\bimport\s*\(?\s*['"]([^'"]+)['"]/g

const importsOf = (code: string): Import[] => [
  ...[...code.matchAll(STATIC)].map(([, type, names = '', from = '']) => ({
    from,
    typeOnly: type !== undefined || namesTypesOnly(names),
  })),
  ...[...code.matchAll(BARE_OR_DYNAMIC)].map(([, from = '']) => ({ from, typeOnly: false })),
]

/** `{ type A, type B }` */
const namesTypesOnly = (names: string): boolean => {
  const inner = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1]
  const listed = inner?.split(',').filter((name) => name.trim() !== '')
  return listed !== undefined && listed.length > 0 && listed.every((name) => /^\s*type\s/.test(name))
}
