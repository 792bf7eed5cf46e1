import type { EntityType } from '../world/model.ts'

/** The places of the interface that load widgets, as their manifests name them, and whose cards they show. */
export const STAGE_AREAS = {
  lcard: 'leads',
  ccard: 'contacts',
  comcard: 'companies',
  llist: 'leads',
  clist: 'contacts',
  settings: null,
  advanced_settings: null,
  digital_pipeline: 'leads',
} as const satisfies Readonly<Record<string, EntityType | null>>

export type StageArea = keyof typeof STAGE_AREAS

export const isStageArea = (text: string): text is StageArea => Object.hasOwn(STAGE_AREAS, text)
