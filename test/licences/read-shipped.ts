import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { importedPackages, type LockedPackages, type ShippedPackage, shippedPackages } from './shipped-packages.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Where the list stands. */
export const LICENCES_FILE = `${ROOT}docs/licences.md`

/** What ships of this checkout, by its lock file and its web app. */
export const readShipped = (): ShippedPackage[] => {
  const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as { packages: LockedPackages }
  const sources = readdirSync(`${ROOT}web/src`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
  return shippedPackages(packages, sources.flatMap(importedPackages))
}
