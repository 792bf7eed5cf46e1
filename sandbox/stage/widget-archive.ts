import { posix } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'

/** What of a widget's manifest.json the stage goes by. */
export interface WidgetManifest {
  readonly widget: { readonly version: string; readonly locale: readonly string[] }
  readonly locations: readonly string[]
  readonly settings?: Fields
  readonly advanced?: { readonly title: string }
  readonly dp?: { readonly settings: Fields; readonly webhook_url?: string }
}

type Fields = Readonly<Record<string, { readonly name: string; readonly type: string; readonly required: boolean }>>

/** An uploaded widget, taken apart. */
export interface WidgetArchive {
  readonly manifest: WidgetManifest
  /** Texts by language. */
  readonly languages: Readonly<Record<string, unknown>>
  /** Null: there is no such file. */
  file(path: string): { readonly type: string; readonly content: Buffer } | null
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
}

/** Opens an archive as the platform does; throws where a file that must be at its root is not. */
export function openArchive(zip: Uint8Array): WidgetArchive {
  const files = unzipSync(zip)
  const textOf = (path: string): string => {
    const content = files[path]
    if (content === undefined) throw new Error(`The archive has no ${path} at its root`)
    return strFromU8(content)
  }
  textOf('script.js')
  const manifest = JSON.parse(textOf('manifest.json')) as WidgetManifest
  const languages = manifest.widget.locale.map((language) => [language, JSON.parse(textOf(`i18n/${language}.json`))])
  return {
    manifest,
    languages: Object.fromEntries(languages),
    file: (path) => {
      const content = Object.hasOwn(files, path) ? files[path] : undefined
      if (content === undefined) return null
      return { type: TYPES[posix.extname(path)] ?? 'application/octet-stream', content: Buffer.from(content) }
    },
  }
}
