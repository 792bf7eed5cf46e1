import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ENTRY = fileURLToPath(new URL('../src/widget.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NAME = 'amoSegments'

/**
 * `script.js` as amoCRM loads it: one AMD module that asks for nothing, since the platform gives the widget all it
 * needs. Not minified, so that moderators can read it.
 */
export const bundleScript = async (serviceUrl: string): Promise<string> => {
  const built = await build({
    ...{ root: ROOT, configFile: false, logLevel: 'error', publicDir: false },
    define: { __SERVICE_URL__: JSON.stringify(serviceUrl) },
    build: {
      ...{ write: false, minify: false, target: 'es2020', modulePreload: false },
      lib: { entry: ENTRY, formats: ['iife'], name: NAME, fileName: () => 'script.js' },
      rolldownOptions: { output: { extend: false } },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('The script of the widget was not built')
  return `define([], function () {
${chunk.code}
  return function () {
    ${NAME}.equip(this)
    return this
  }
})
`
}
