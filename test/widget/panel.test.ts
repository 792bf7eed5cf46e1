import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ShownPanel } from '../../src/http/api/cards/card-schemas.ts'
import words from '../../widget/i18n/ru.json' with { type: 'json' }
import { type PanelState, panelModel } from '../../widget/src/panel-model.ts'

interface TwigLibrary {
  twig(options: { readonly data: string }): { render(params: object): string }
}

const { twig }: TwigLibrary = createRequire(import.meta.url)('twig')

let template: string
beforeAll(async () => {
  template = await readFile(new URL('../../widget/src/templates/panel.twig', import.meta.url), 'utf8')
})

const told = (text: string) => ({ ru: text, en: text })

const PANEL: ShownPanel = {
  card: { entity: 'contact', id: 17 },
  client: { kind: 'contact', id: 17 },
  absence: null,
  segments: [
    {
      ...{ dimension: 'lifecycle', segment: 'sleeping', name: told('Спящий'), why: told('Давно не покупал') },
      ...{ until: null, isLocked: true },
    },
    {
      ...{ dimension: 'rule', segment: 'vip', name: told('VIP'), why: told('Сумма больше') },
      ...{ until: null, isLocked: false },
    },
  ],
  purchases: { count: 1, text: told('1 покупка') },
  nextChange: { at: null, text: [told('Само по себе ничего не изменится')] },
  remarks: [],
  mayChange: true,
}

const STATE: PanelState = { card: PANEL, isBusy: false, said: null, choices: null, isUnfolded: false }

const drawn = (change: Partial<PanelState> = {}): string =>
  twig({ data: template }).render(panelModel({ ...STATE, ...change }, words))

describe('the panel', () => {
  it('shows each segment by its name and colour, and the lock of one set by hand', () => {
    const html = drawn()
    expect(html).toMatch(/amo-segments__chip_sleeping" title="Закреплено вручную"/)
    expect(html).toMatch(/amo-segments__chip_rule">VIP</)
    expect(html).toContain('>Давно не покупал<')
  })

  it('draws every name and sentence as text, whatever it holds', () => {
    const evil = '<img src=x onerror="alert(1)">&'
    const [first] = PANEL.segments
    if (first === undefined) throw new Error('the panel has a segment')
    const card: ShownPanel = {
      ...PANEL,
      segments: [
        { ...first, segment: evil, name: told(evil), why: told(evil) },
        { ...first, dimension: 'rule', name: told(evil), why: told(evil) },
      ],
      purchases: { count: 1, text: told(evil) },
      nextChange: { at: null, text: [told(evil)] },
      remarks: [{ code: 'frozen', text: told(evil) }],
    }
    const choices = [{ dimension: 'lifecycle', segment: evil, name: told(evil) }]
    const html = drawn({ card, choices, said: { text: evil, isFailed: true } })
    expect(html).not.toContain('<img')
    expect(html.match(/&lt;img/g)?.length).toBeGreaterThanOrEqual(9)
  })

  it('says why there are no segments, and offers to look again but not to set any', () => {
    const absence = { code: 'not_read', text: told('Карточка ещё не прочитана.') }
    const html = drawn({ card: { ...PANEL, absence, segments: [], purchases: null, nextChange: null } })
    expect(html).toContain('Карточка ещё не прочитана.')
    expect(html).toContain('data-act="recompute"')
    expect(html).not.toContain('data-act="lock"')
  })

  it('disables what a salesperson may not do, and says why', () => {
    const html = drawn({ card: { ...PANEL, mayChange: false } })
    expect(html).toMatch(/data-act="recompute" disabled/)
    expect(html).toMatch(/data-act="lock"[^>]* disabled/)
    expect(html).toContain(words.panel.admin_only)
  })

  it.each([
    ['loading', 'loading', words.panel.loading],
    ['unsaved', 'unsaved', words.panel.unsaved],
    ['trouble', { trouble: 'down' }, words.errors.down],
  ] as const)('is a sentence while it is %s', (_, card, sentence) => {
    expect(drawn({ card })).toContain(sentence)
    expect(drawn({ card })).not.toContain('data-act="open"')
  })
})
