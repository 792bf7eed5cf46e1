import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Absolute path of the first of `names` that stands executable on `searchPath` (the form of the PATH variable);
 * null if none does. An earlier name wins over an earlier folder.
 */
export const findOnPath = (names: readonly string[], searchPath: string): string | null => {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '')
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isExecutable) ?? null
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
