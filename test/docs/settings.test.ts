import { describe, expect, it } from 'vitest'
import { documentedSettings } from '../support/settings-docs.ts'
import { codeIn, documents, readDoc, rowsUnder } from './support/read-doc.ts'

const settings = documentedSettings()

/** Variables of others: of docker-compose.yml, of OpenTelemetry's SDK, of the system, of tests. */
const OF_OTHERS = new Set([
  ...['DOMAIN', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG', 'OTEL_EXPORTER_OTLP_HEADERS'],
  ...['PATH', 'LANG', 'LC_ALL', 'CHROMIUM_PATH', 'PWD', 'COMPOSE_PROFILES'],
])

describe('the settings of README.ru.md', () => {
  const rows = rowsUnder(readDoc('README.ru.md'), '## Настройки')

  it('are those of the schema, every one, with their defaults', () => {
    const told = rows.map(([name, byDefault]) => ({ name, byDefault }))
    expect(told).toEqual(
      settings.map(({ name, byDefault }) => ({ name: `\`${name}\``, byDefault: byDefault && `\`${byDefault}\`` })),
    )
  })

  it('are described in Russian', () => {
    for (const [name, , meaning] of rows) expect([name, meaning]).toEqual([name, expect.stringMatching(/[а-яё].*\.$/i)])
  })
})

describe('a variable', () => {
  // By how it begins: codes of custom fields look alike.
  it.each(documents())('that %s names is a setting', (path) => {
    const named = codeIn(readDoc(path)).flatMap(
      (text) => text.match(/(?<![\w.$-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w-])/g) ?? [],
    )
    const known = new Set([...settings.map(({ name }) => name), ...OF_OTHERS])
    const families = new Set(settings.map(({ name }) => name.split('_')[0]))
    expect([...new Set(named)].filter((name) => families.has(name.split('_')[0]) && !known.has(name))).toEqual([])
  })
})

describe('README.ru.md', () => {
  it('has what README.md has: sections, code, links', () => {
    const [english, russian] = ['README.md', 'README.ru.md'].map((path) => {
      const text = readDoc(path)
      return {
        sections: text.match(/^## /gm)?.length,
        steps: text.match(/^\d+\. /gm),
        links: [...text.matchAll(/\]\(([^)]+)\)/g)]
          .map(([, target]) => target)
          .filter((target) => !/^README/.test(target ?? ''))
          .toSorted(),
        commands: [...text.matchAll(/^(?:npm|docker|cp) .*?(?=\s+(?:#|--lang)|$)/gm)].map(([line]) => line),
        rows: text.match(/^\| /gm)?.length,
      }
    })
    expect(russian).toEqual(english)
  })
})
