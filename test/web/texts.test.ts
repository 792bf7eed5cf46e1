import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const TEXTS = new URL('../../web/src/i18n/', import.meta.url)

type Tree = { readonly [key: string]: string | Tree }

const read = (language: string, file: string): Tree =>
  JSON.parse(readFileSync(new URL(`${language}/${file}`, TEXTS), 'utf8'))

/** Endings i18next knows for counted texts. */
const PLURAL = /_(zero|one|two|few|many|other)$/

/** Every text by its path. */
const flat = (tree: Tree, path = ''): [path: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  )

const files = readdirSync(new URL('ru/', TEXTS)).toSorted()

describe('the texts of the web app', () => {
  it('are there in both languages', () => {
    expect(files).toEqual(expect.arrayContaining(['common.json', 'overview.json', 'clients.json']))
    expect(readdirSync(new URL('en/', TEXTS)).toSorted()).toEqual(files)
  })

  describe.each(files)('%s', (file) => {
    const [ru, en] = [flat(read('ru', file)), flat(read('en', file))]
    const keys = (texts: [string, string][]) => [...new Set(texts.map(([key]) => key.replace(PLURAL, '')))].toSorted()

    it('say the same things', () => {
      expect(keys(ru)).toEqual(keys(en))
    })

    it('count as each language counts', () => {
      for (const [texts, language] of [
        [ru, 'ru'],
        [en, 'en'],
      ] as const) {
        const forms = new Map<string, string[]>()
        for (const [key] of texts) {
          const form = PLURAL.exec(key)?.[1]
          const of = key.replace(PLURAL, '')
          if (form !== undefined) forms.set(of, [...(forms.get(of) ?? []), form])
        }
        const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
        for (const [key, given] of forms) {
          // A key may end like a form without being counted.
          if (given.includes('other')) expect([key, given.toSorted()]).toEqual([key, expect.arrayContaining(needed)])
        }
      }
    })

    it('fill in the same names', () => {
      const names = (texts: [string, string][]) => {
        const found = new Map<string, Set<string>>()
        for (const [key, text] of texts) {
          const of = found.get(key.replace(PLURAL, '')) ?? new Set()
          for (const [, name = ''] of text.matchAll(/\{\{(\w+)\}\}/g)) of.add(name)
          found.set(key.replace(PLURAL, ''), of)
        }
        return Object.fromEntries([...found].map(([key, of]) => [key, [...of].toSorted()]))
      }
      expect(names(ru)).toEqual(names(en))
    })

    it('are English where they should be', () => {
      expect(en.filter(([, text]) => /[а-яё]/i.test(text))).toEqual([])
    })
  })
})
