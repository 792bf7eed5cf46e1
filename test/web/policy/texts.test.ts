import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { PLACEHOLDERS } from '../../../src/segmentation/policy/template.ts'
import { OPS } from '../../../src/segmentation/rules/comparison-schema.ts'
import { FACT_CATALOG } from '../../../src/segmentation/rules/fact-catalog.ts'
import { BACKFILL_PHASES } from '../../../src/sync/backfill-state.ts'
import { RUN_KINDS, RUN_STATES } from '../../../src/sync/queries/run-view.ts'
import { SECTION_NAMES } from '../../../web/src/pages/policy/form/fault-path.ts'

const textsOf = async (language: string, page: string): Promise<(key: string) => unknown> => {
  const file = new URL(`../../../web/src/i18n/${language}/${page}.json`, import.meta.url)
  const texts: unknown = JSON.parse(await readFile(file, 'utf8'))
  return (key) =>
    key.split('.').reduce<unknown>((place, step) => (place as Record<string, unknown> | undefined)?.[step], texts)
}

describe.each(['ru', 'en'])('the texts in %s', (language) => {
  it('name every fact, op, choice, placeholder and section', async () => {
    const text = await textsOf(language, 'policy')
    const keys = [
      ...FACT_CATALOG.map(({ of, name }) => `facts.${of}.${name.replaceAll('.', '_')}`),
      ...OPS.map((op) => `ops.any.${op}`),
      ...FACT_CATALOG.filter(({ name }) => name === 'state' || name === 'kind').flatMap(({ name, choices = [] }) =>
        choices.map((choice) => `choice.${name}.${choice}`),
      ),
      ...PLACEHOLDERS.map((name) => `placeholder.${name}`),
      ...SECTION_NAMES.map((name) => `section.${name}`),
    ]
    expect(keys.filter((key) => typeof text(key) !== 'string')).toEqual([])
  })

  it('name every kind, state and phase of a run', async () => {
    const text = await textsOf(language, 'runs')
    const phases = new Set([...BACKFILL_PHASES.contact, ...BACKFILL_PHASES.company])
    const keys = [
      ...RUN_KINDS.map((kind) => `kind.${kind}`),
      ...RUN_STATES.map((state) => `state.${state}`),
      ...[...phases].map((phase) => `phase.${phase}`),
    ]
    expect(keys.filter((key) => typeof text(key) !== 'string')).toEqual([])
  })
})
