import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ENTRY = fileURLToPath(new URL('page/main.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('.', import.meta.url))

/** The script of the page as browsers take it. */
export async function bundlePageScript(): Promise<string> {
  const built = await build({
    ...{ root: ROOT, configFile: false, logLevel: 'error', publicDir: false },
    build: {
      ...{ write: false, minify: false, target: 'es2022', modulePreload: false },
      lib: { entry: ENTRY, formats: ['iife'], name: 'stage', fileName: () => 'page.js' },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('The script of the stage was not built')
  return chunk.code
}
