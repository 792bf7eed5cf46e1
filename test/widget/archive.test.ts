import { readdir, readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildWidget, LANGUAGES } from '../../widget/build/build-widget.ts'
import { IMAGE_SIZES } from '../../widget/build/draw-images.ts'

const SERVICE = 'https://segments.example.com'

let archive: Uint8Array
let files: Readonly<Record<string, Uint8Array>>

beforeAll(async () => {
  archive = await buildWidget({ serviceUrl: SERVICE })
  files = unzipSync(archive)
})

const text = (path: string): string => strFromU8(files[path] ?? new Uint8Array())
const json = (path: string) => JSON.parse(text(path))

/** Every path of a language file whose value is a text. */
const keysOf = (branch: object, at = ''): string[] =>
  Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${at}${key}`] : keysOf(value, `${at}${key}.`),
  )

const textAt = (path: string, language: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((branch, key) => (branch as Record<string, unknown>)?.[key], json(`i18n/${language}.json`))

describe('the archive of the widget', () => {
  it('has its files at the root, and nothing but what amoCRM takes', () => {
    expect(Object.keys(files).toSorted()).toEqual(
      [
        ...['manifest.json', 'script.js', 'style.css'],
        ...LANGUAGES.map((language) => `i18n/${language}.json`),
        ...Object.keys(IMAGE_SIZES).map((name) => `images/${name}`),
      ].toSorted(),
    )
  })

  it('is the same, byte for byte, however often it is made', async () => {
    expect(Buffer.compare(await buildWidget({ serviceUrl: SERVICE }), archive)).toBe(0)
  })
})

describe('the manifest', () => {
  it('bears the version of the package', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(json('manifest.json').widget).toMatchObject({ version, interface_version: 2, installation: true })
  })

  it('names places the platform has, with the right column where it means something', () => {
    const places = ['lcard', 'ccard', 'comcard', 'llist', 'clist'].flatMap((area) => [`${area}-0`, `${area}-1`])
    for (const place of json('manifest.json').locations)
      expect([...places, 'settings', 'advanced_settings', 'digital_pipeline']).toContain(place)
    expect(json('manifest.json').locations).toEqual(
      expect.arrayContaining(['lcard-1', 'ccard-1', 'comcard-1', 'settings', 'advanced_settings', 'digital_pipeline']),
    )
  })

  it('says what each of its places needs: a title, settings and an address for the pipeline', () => {
    const { advanced, dp, settings, widget } = json('manifest.json')
    expect(textAt(advanced.title, 'ru')).toBe('Сегменты клиентов')
    expect(dp.webhook_url).toBe(`${SERVICE}/digital-pipeline`)
    for (const fields of [settings, dp.settings])
      for (const field of Object.values(fields)) expect(field).toMatchObject({ type: 'text', name: expect.any(String) })
    expect(widget.support).toEqual({ link: SERVICE, email: 'support@segments.example.com' })
  })

  it('names no text that a language lacks', () => {
    const { widget, advanced, settings, dp } = json('manifest.json')
    const named = [
      ...[widget.name, widget.description, widget.short_description, advanced.title],
      ...[settings, dp.settings].flatMap((fields) => Object.values<{ name: string }>(fields).map(({ name }) => name)),
    ]
    expect(widget.locale).toEqual([...LANGUAGES])
    for (const language of LANGUAGES)
      for (const name of named)
        expect([language, name, textAt(name, language)]).toContainEqual(expect.stringMatching(/./))
  })

  it('keeps to the lengths of the marketplace', () => {
    for (const language of LANGUAGES) {
      const { name, short_description, description } = json(`i18n/${language}.json`).widget
      expect([language, name.length <= 30, short_description.length <= 60, description.length <= 400]).toEqual([
        language,
        ...[true, true, true],
      ])
    }
  })
})

describe('the languages', () => {
  it('have the same texts, none of them empty', () => {
    const russian = keysOf(json('i18n/ru.json'))
    expect(russian.length).toBeGreaterThan(50)
    for (const language of LANGUAGES) {
      expect(keysOf(json(`i18n/${language}.json`))).toEqual(russian)
      for (const key of russian) expect([key, String(textAt(key, language)).trim()]).not.toContain('')
    }
  })

  it('have no text that nothing shows', async () => {
    const sources = await readdir(new URL('../../widget/src', import.meta.url), { recursive: true })
    const code = await Promise.all(
      [...sources.filter((name) => /\.(ts|twig)$/.test(name)).map((name) => `src/${name}`), 'manifest.json'].map(
        (name) => readFile(new URL(`../../widget/${name}`, import.meta.url), 'utf8'),
      ),
    )
    const all = code.join('\n')
    const unused = keysOf(json('i18n/ru.json')).filter((key) => !new RegExp(`\\b${key.split('.').at(-1)}\\b`).test(all))
    expect(unused).toEqual([])
  })
})

describe('the images', () => {
  it.each(Object.entries(IMAGE_SIZES))('%s has the size amoCRM asks for, and is small', (name, [width, height]) => {
    const png = Buffer.from(files[`images/${name}`] ?? [])
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height])
    expect(png.length).toBeLessThan(300 * 1024)
  })
})

describe('the script', () => {
  it('is one module of the platform’s loader, makes no code of text and asks no stranger', () => {
    const script = text('script.js')
    expect(script.match(/\bdefine\(/g)).toHaveLength(1)
    expect(script.startsWith('define([], function () {')).toBe(true)
    expect(script).not.toMatch(/\beval\b|new Function|document\.write|localStorage|sessionStorage|document\.cookie/)
    const addresses = [...script.matchAll(/https?:\/\/[^"'`\s]+/g)].map(([address]) => new URL(address).origin)
    expect(new Set(addresses)).toEqual(new Set([SERVICE]))
  })

  it('gives the platform every callback its places need', () => {
    const widget = { get_settings: () => ({}), system: () => ({}) }
    const define = (needs: readonly string[], make: () => () => void) => {
      expect(needs).toEqual([])
      make().call(widget)
    }
    new Function('define', text('script.js'))(define)
    expect(widget).toMatchObject({
      callbacks: {
        ...Object.fromEntries(
          ['render', 'init', 'bind_actions', 'settings', 'advancedSettings', 'dpSettings', 'onSave', 'destroy'].map(
            (name) => [name, expect.any(Function)],
          ),
        ),
        leads: { selected: expect.any(Function) },
        contacts: { selected: expect.any(Function) },
      },
    })
  })
})

describe('the style', () => {
  it('touches nothing outside the widget', () => {
    const rules = text('style.css').replace(/@keyframes[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}/g, '')
    const selectors = [...rules.matchAll(/([^{}]+)\{/g)]
      .flatMap(([, list = '']) => list.split(/,(?![^(]*\))/))
      .map((selector) => selector.trim())
      .filter((selector) => !selector.startsWith('@'))
    expect(selectors.length).toBeGreaterThan(20)
    for (const selector of selectors) expect(selector).toMatch(/^(?:\.amo-segments(?:__|\b)|:where\(\.amo-segments\) )/)
    expect(rules).not.toContain('!important')
  })
})
