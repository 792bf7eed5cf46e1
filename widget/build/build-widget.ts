import { readFile } from 'node:fs/promises'
import { strToU8, zipSync } from 'fflate'
import { bundleScript } from './bundle-script.ts'
import { drawImages } from './draw-images.ts'

export const LANGUAGES = ['ru', 'en', 'es', 'pt'] as const

export interface WidgetOptions {
  /** Where amoCRM and people’s browsers reach the service, without a slash at its end. */
  readonly serviceUrl: string
  /** Who is written to for help; by default `support@` the service’s host. */
  readonly supportEmail?: string
}

/** Archives of the same content are the same, bytes and all. */
const NO_TIME = new Date(1980, 0, 1)

/** Path in the archive → content. The version is that of the package; amoCRM takes an archive once per version. */
export const widgetFiles = async (options: WidgetOptions): Promise<Readonly<Record<string, Uint8Array>>> => {
  const [manifest, script, style, images, ...languages] = await Promise.all([
    manifestOf(options),
    bundleScript(options.serviceUrl),
    styleSheet(),
    drawImages(),
    ...LANGUAGES.map((language) => text(`../i18n/${language}.json`)),
  ])
  return {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    'script.js': strToU8(script),
    'style.css': strToU8(style),
    ...Object.fromEntries(LANGUAGES.map((language, at) => [`i18n/${language}.json`, strToU8(languages[at] ?? '')])),
    ...images,
  }
}

/** The archive to be uploaded to amoCRM or Kommo, with its files at the root. */
export const buildWidget = async (options: WidgetOptions): Promise<Uint8Array> =>
  zipSync(await widgetFiles(options), { level: 9, mtime: NO_TIME })

interface ManifestSource {
  readonly widget: object
  readonly dp: object
}

const manifestOf = async ({ serviceUrl, supportEmail }: WidgetOptions) => {
  const [source, { version }] = await Promise.all([
    json<ManifestSource>('../manifest.json'),
    json<{ version: string }>('../../package.json'),
  ])
  const email = supportEmail ?? `support@${new URL(serviceUrl).hostname}`
  return {
    ...source,
    widget: { ...source.widget, version, support: { link: serviceUrl, email } },
    dp: { ...source.dp, webhook_url: `${serviceUrl}/digital-pipeline` },
  }
}

const STYLES = ['base', 'panel', 'around']

const styleSheet = async (): Promise<string> =>
  (await Promise.all(STYLES.map((name) => text(`../style/${name}.css`)))).join('')

const text = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8')

const json = async <Content>(path: string): Promise<Content> => JSON.parse(await text(path)) as Content
