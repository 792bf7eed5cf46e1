import type { PolicyFault } from '../policy-types.ts'

/** One way of writing a path: `rules[2].when.all[1].fact` and `rules.2.when.all.1.fact` are the same place. */
export const plainPath = (path: string): string => path.replaceAll(/\[(\d+)\]/g, '.$1')

/** The faults at a place, or (`within`) at it and below it. */
export const faultsAt = (
  faults: readonly PolicyFault[],
  path: string,
  { within = false }: { readonly within?: boolean } = {},
): readonly PolicyFault[] =>
  faults.filter((fault) => {
    const place = plainPath(fault.path)
    return place === path || (within && place.startsWith(`${path}.`))
  })

/** The sections of the form, and the settings each holds. */
export const SECTIONS = {
  purchases: ['purchasePipelines', 'purchaseDateField', 'minPrice', 'mergeSameDay'],
  lifecycle: ['firstPurchaseIsNewForDays', 'sleeping', 'rhythm', 'regular'],
  standing: ['junkReasons'],
  value: ['value'],
  rules: ['rules'],
  writing: ['targets', 'stopTag'],
  card: ['card'],
  actions: ['actions'],
  general: ['language', 'clientEntity', 'schemaVersion'],
} as const

export type SectionName = keyof typeof SECTIONS

export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[]

/** The section a fault belongs to; what belongs to none is shown with the general settings. */
export const sectionOf = (path: string): SectionName => {
  const [setting] = plainPath(path).split('.')
  return SECTION_NAMES.find((name) => SECTIONS[name].some((one) => one === setting)) ?? 'general'
}
