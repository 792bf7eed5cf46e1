import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildWidget } from '../../widget/build/build-widget.ts'
import type { Sandbox } from '../create-sandbox.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Makes what people look at: the web app, unless it is built already, and the widget, which knows its service. */
export async function preparePages(
  sandbox: Sandbox,
  serviceUrl: string,
  tell: (sentence: string) => void,
): Promise<void> {
  if (!existsSync(`${ROOT}dist/web/index.html`)) {
    tell('Building the web app …')
    await build({ root: `${ROOT}web`, configFile: `${ROOT}web/vite.config.ts`, logLevel: 'error', mode: 'production' })
  }
  sandbox.stage.upload(await buildWidget({ serviceUrl }))
}
