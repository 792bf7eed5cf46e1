import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { CommandFailure } from './command-failure.ts'

/** The text of a file, without a byte order mark; `-` is the standard input. */
export const readText = async (path: string): Promise<string> => {
  try {
    const content = path === '-' ? await text(process.stdin) : await readFile(path, 'utf8')
    return content.replace(/^\uFEFF/, '')
  } catch (error) {
    throw new CommandFailure(`Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The JSON of a file. */
export const readJsonFile = async (path: string): Promise<unknown> => {
  const content = await readText(path)
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new CommandFailure(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
