import { CLIENT_FACTS } from './client-facts.ts'
import type { Op } from './comparison-schema.ts'
import { DEAL_FACTS, UTM_CODES } from './deal-facts.ts'
import { FACT_TYPES, type FactTraits, type FactType, type ReferenceKind } from './fact-types.ts'
import { BIRTHDAY_FACT, BIRTHDAY_MEANING } from './resolve-fact.ts'

/** A fact as a rule builder or a manual shows it. */
export interface CatalogEntry {
  readonly name: string
  /** Whose fact it is; rules about deals reach facts of clients through `client.`. */
  readonly of: 'client' | 'deal'
  readonly type: FactType
  readonly ops: readonly Op[]
  readonly meaning: { readonly en: string; readonly ru: string }
  readonly choices?: readonly string[]
  /** What the ids it is compared with name. */
  readonly reference?: ReferenceKind
  /** Whether the passing of time alone can change a comparison of it. */
  readonly timeDependent: boolean
}

/** Whether the passing of time alone can change a comparison of a fact. */
export const isTimeDependent = ({ type, changes }: FactTraits): boolean =>
  changes === true || type === 'elapsed' || type === 'calendar' || type === 'instant'

const entry =
  (of: CatalogEntry['of']) =>
  ([name, traits]: readonly [string, FactTraits]): CatalogEntry => ({
    name,
    of,
    type: traits.type,
    ops: FACT_TYPES[traits.type].ops,
    meaning: traits.meaning,
    ...(traits.choices === undefined ? {} : { choices: traits.choices }),
    ...(traits.kind === undefined ? {} : { reference: traits.kind }),
    timeDependent: isTimeDependent(traits),
  })

const BIRTHDAY: FactTraits = { type: 'calendar', meaning: BIRTHDAY_MEANING }

const UTM: readonly (readonly [string, FactTraits])[] = Object.entries(UTM_CODES).map(([name, code]) => [
  name,
  { type: 'text', meaning: { en: `UTM mark (field ${code})`, ru: `метка UTM (поле ${code})` } },
])

/** All facts that every account has. Custom fields come on top, as `field:<id or code>`. */
export const FACT_CATALOG: readonly CatalogEntry[] = [
  ...Object.entries(CLIENT_FACTS).map(entry('client')),
  entry('client')([BIRTHDAY_FACT, BIRTHDAY]),
  ...Object.entries(DEAL_FACTS).map(entry('deal')),
  ...UTM.map(entry('deal')),
]
