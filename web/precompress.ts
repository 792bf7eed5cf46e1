import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(?:js|css|html|svg|json)$/

/** What is smaller does not gain from it, bytes. */
const LEAST = 1_024

const FORMS = [
  { ending: '.gz', compress: promisify(gzip) },
  { ending: '.br', compress: promisify(brotliCompress) },
] as const

/** Lays a compressed copy beside each text file of a build: the service sends them as they are. */
export const precompress = (): Plugin => {
  let folder = ''
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir)
    },
    writeBundle: async ({ dir = folder }) => {
      const entries = await readdir(dir, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name))
      await Promise.all(files.map((entry) => compressed(join(entry.parentPath, entry.name))))
    },
  }
}

const compressed = async (path: string): Promise<void> => {
  const content = await readFile(path)
  if (content.length < LEAST) return
  await Promise.all(FORMS.map(async ({ ending, compress }) => writeFile(`${path}${ending}`, await compress(content))))
}
