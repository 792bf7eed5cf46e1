import type { ShownPanel } from '../../src/http/api/cards/card-schemas.ts'
import type { Trouble } from './service.ts'
import { serviceLanguage, type Words } from './words.ts'

/** A segment that can be set by hand, as `GET /segments` names it. */
export interface NamedSegment {
  readonly dimension: string
  readonly segment: string
  readonly name: Readonly<Record<'ru' | 'en', string>>
}

/** All that the panel of a card shows at one moment. */
export interface PanelState {
  readonly card: 'loading' | 'unsaved' | { readonly trouble: Trouble } | ShownPanel
  /** Something of the person’s is under way. */
  readonly isBusy: boolean
  /** What came of it; null: nothing to say. */
  readonly said: { readonly text: string; readonly isFailed: boolean } | null
  /** What can be set by hand, while the form stands open. */
  readonly choices: readonly NamedSegment[] | null
  /** Whether the reasons of all segments are shown. */
  readonly isUnfolded: boolean
}

const QUIET = new Set(['main_contact', 'company_of_deal'])

/** What `panel.twig` is rendered with. Texts about the client come from the service as they are. */
export const panelModel = (state: PanelState, words: Words) => {
  const { card, isBusy, said, isUnfolded } = state
  const common = {
    words: words.panel,
    ...{ isBusy, isUnfolded, said: said?.text ?? '', isFailed: said?.isFailed ?? false },
    ...{ remarks: [], hasButtons: false, form: null },
  }
  if (card === 'loading') return { ...common, state: 'loading' }
  if (card === 'unsaved') return { ...common, state: 'message', text: words.panel.unsaved }
  if ('trouble' in card) return { ...common, state: 'trouble', text: words.errors[card.trouble] }
  return { ...common, ...shownModel(card, state, words) }
}

const shownModel = (panel: ShownPanel, { choices }: PanelState, words: Words) => {
  const language = serviceLanguage(words)
  const { absence, client, mayChange, nextChange, purchases } = panel
  const [main, ...others] = panel.segments.map(({ name, why, ...one }) => ({
    ...{ dimension: one.dimension, segment: one.segment, isLocked: one.isLocked },
    ...{ name: name[language], why: why[language], tone: toneOf(one) },
  }))
  const segments = main === undefined ? [] : [main, ...others]
  return {
    state: absence === null ? 'shown' : 'message',
    text: absence?.text[language] ?? '',
    ...{ segments, main: main?.why ?? '', others, mayChange, hasClient: client !== null && absence === null },
    next: nextChange?.text.map((line) => line[language]) ?? [],
    purchases: purchases?.text[language] ?? '',
    remarks: panel.remarks.map(({ code, text }) => ({ text: text[language], isQuiet: QUIET.has(code) })),
    hasButtons: true,
    form: choices === null ? null : formModel(choices, segments, words, language),
  }
}

/** The colour of a chip: by the segment, of tiers and rules by what they are. */
const toneOf = ({ dimension, segment }: { readonly dimension: string; readonly segment: string }): string =>
  dimension === 'rule' || dimension === 'value' ? dimension : segment

const LOCKABLE = ['lifecycle', 'temperature', 'standing', 'value'] as const

interface ShownSegment {
  readonly dimension: string
  readonly segment: string
  readonly name: string
  readonly isLocked: boolean
}

const formModel = (
  choices: readonly NamedSegment[],
  shown: readonly ShownSegment[],
  words: Words,
  language: 'ru' | 'en',
) => ({
  words: words.lock,
  groups: LOCKABLE.map((dimension) => ({
    dimension,
    name: words.lock[dimension],
    segments: choices
      .filter((one) => one.dimension === (dimension === 'value' ? 'tier' : dimension))
      .map(({ segment, name }) => ({
        ...{ segment, name: name[language] },
        isCurrent:
          dimension === 'lifecycle' && shown.some((one) => one.dimension === dimension && one.segment === segment),
      })),
  })).filter(({ segments }) => segments.length > 0),
  locked: shown.filter(({ isLocked }) => isLocked),
})
