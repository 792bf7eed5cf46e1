import { beforeAll, describe, expect, it } from 'vitest'
import { allMetrics } from './support/all-metrics.ts'
import { documents, quoted, readDoc, rowsUnder } from './support/read-doc.ts'

let names: Set<string>
beforeAll(async () => {
  names = new Set((await allMetrics()).map(({ name }) => name))
})

const DASHBOARD = 'deploy/grafana-dashboard.json'
const ALERTS = 'deploy/alerts.yml'
const OURS = /\bamo_segments_\w+/g
const ANY = /\b(?:amo_segments|process|nodejs)_[a-z0-9_]+/g

/** A histogram is asked for by its parts. */
const whole = (name: string): string => {
  const base = name.replace(/_(?:bucket|sum|count)$/, '')
  return names.has(name) ? name : base
}

const metricsIn = (text: string, pattern = ANY): string[] =>
  [...new Set(text.match(pattern) ?? [])].map(whole).toSorted()

describe('the figures', () => {
  it('are described in the manual, every one, and no other', () => {
    const rows = rowsUnder(readDoc('docs/operations.md'), '## Figures')
    const described = rows.flatMap(([first = '']) => quoted(first)).filter((name) => name.startsWith('amo_segments_'))
    expect(described.toSorted()).toEqual([...names].filter((name) => name.startsWith('amo_segments_')))
    expect(new Set(described).size).toBe(described.length)
    for (const group of ['process_', 'nodejs_']) expect([...names].some((name) => name.startsWith(group))).toBe(true)
  })

  it('are drawn by the dashboard, every one', () => {
    const drawn = new Set(metricsIn(readDoc(DASHBOARD)))
    expect([...names].filter((name) => name.startsWith('amo_segments_') && !drawn.has(name))).toEqual([])
  })

  it.each([DASHBOARD, ALERTS, ...documents()])('that %s names are there', (path) => {
    const text = readDoc(path).replaceAll('amo_segments.', '')
    expect(metricsIn(text, path.endsWith('.md') ? OURS : ANY).filter((name) => !names.has(name))).toEqual([])
  })
})

describe('the alerts', () => {
  const rules = () =>
    readDoc(ALERTS)
      .split('- alert: ')
      .slice(1)
      .map((rule) => ({ name: rule.split('\n')[0] ?? '', expr: /expr: (.*)/.exec(rule)?.[1] ?? '', rule }))

  it('are told of in the manual, every one, each by the figure it watches', () => {
    const told = rowsUnder(readDoc('docs/operations.md'), '### Alerts')
    expect(told.map(([name]) => name)).toEqual(rules().map(({ name }) => `\`${name}\``))
    for (const [index, { expr }] of rules().entries()) {
      const [watched = ''] = quoted(told[index]?.[1] ?? '')
      expect(expr).toContain(watched)
    }
  })

  it('say how grave they are, and what is the matter', () => {
    for (const { rule } of rules()) {
      expect(rule).toMatch(/severity: (critical|warning)/)
      expect(rule).toMatch(/summary: ".+"/)
    }
  })
})

describe('the dashboard', () => {
  it('has an id of its own for each panel, and no panel over another', () => {
    const { panels } = JSON.parse(readDoc(DASHBOARD)) as {
      panels: { id: number; gridPos: { x: number; y: number; w: number; h: number } }[]
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const taken = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}:${y + Math.floor(cell / w)}`),
    )
    expect(new Set(taken).size).toBe(taken.length)
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
  })
})
