/** A package as the lock file (version 3) tells it. */
interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Packages by their place, e.g. `node_modules/a/node_modules/b`. */
export type LockedPackages = Readonly<Record<string, Locked>>

/** A package that whoever runs the product gets. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression; empty: none is told. */
  readonly licence: string
  /** Installed beside the service, or built into the web app. */
  readonly where: readonly ('service' | 'web app')[]
}

const FOLDER = 'node_modules/'

/**
 * Everything that ships: what `npm ci --omit=dev` installs, and what the web app's files import, with all that these
 * need, sorted by name.
 */
export const shippedPackages = (lock: LockedPackages, webImports: readonly string[]): ShippedPackage[] => {
  const service = new Set(Object.keys(lock).filter((place) => place.startsWith(FOLDER) && !lock[place]?.dev))
  const web = closure(lock, webImports)
  return [...new Set([...service, ...web])]
    .map((place) => ({
      name: nameOf(place),
      version: lock[place]?.version ?? '',
      licence: lock[place]?.license ?? licenceOfWhole(lock, place),
      where: [...(service.has(place) ? ['service' as const] : []), ...(web.has(place) ? ['web app' as const] : [])],
    }))
    .toSorted((one, other) => `${one.name} ${one.version}`.localeCompare(`${other.name} ${other.version}`, 'en'))
}

/** Packages that a source file takes something of into what is built from it; types leave nothing behind. */
export const importedPackages = (source: string): string[] => {
  const found = source.matchAll(
    /^\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\bfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  )
  return [...found]
    .map(([, fixed, lazy]) => fixed ?? lazy ?? '')
    .filter((from) => !/^[./]|^node:/.test(from))
    .map(packageOf)
}

/** `@scope/name/inside` is of `@scope/name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const nameOf = (place: string): string => place.slice(place.lastIndexOf(FOLDER) + FOLDER.length)

const closure = (lock: LockedPackages, names: readonly string[]): Set<string> => {
  const found = new Set<string>()
  const visit = (name: string, from: string) => {
    const place = placeOf(lock, name, from)
    if (place === null || found.has(place)) return
    found.add(place)
    for (const needed of Object.keys(lock[place]?.dependencies ?? {})) visit(needed, place)
  }
  for (const name of names) visit(name, '')
  return found
}

/** Where Node finds a package, from the inside outwards. */
const placeOf = (lock: LockedPackages, name: string, from: string): string | null => {
  for (let around = from; ; around = around.slice(0, Math.max(0, around.lastIndexOf(`/${FOLDER}`)))) {
    const place = around === '' ? `${FOLDER}${name}` : `${around}/${FOLDER}${name}`
    if (place in lock) return place
    if (around === '') return null
  }
}

/** A build for one operating system does not always tell its licence; it is that of the package it is a part of. */
const licenceOfWhole = (lock: LockedPackages, part: string): string => {
  const whole = Object.values(lock).find(({ optionalDependencies = {} }) => nameOf(part) in optionalDependencies)
  return whole?.license ?? ''
}
