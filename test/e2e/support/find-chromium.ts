import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** The browser of `CHROMIUM_PATH`, else one on PATH; null: there is none. */
export const findChromium = (environment: NodeJS.ProcessEnv = process.env): string | null => {
  const named = environment.CHROMIUM_PATH
  if (named !== undefined && named !== '') return named
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram) ?? null
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
