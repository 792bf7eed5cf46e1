import { decide } from '../../src/segmentation/decide.ts'
import type { AccountFacts, ClientFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { type DimensionName, renderAnswer } from '../../src/segmentation/render/render-answer.ts'
import { renderNextChange } from '../../src/segmentation/render/render-next-change.ts'
import { voiceOf } from '../../src/segmentation/render/voice.ts'
import { at, compiled } from './story.ts'

export interface Scene {
  readonly settings?: PolicyInput
  readonly around?: Partial<AccountFacts>
  readonly language?: 'ru' | 'en'
}

export const scene = (who: ClientFacts, moment: string, { settings = {}, around = {}, language = 'ru' }: Scene) => {
  const policy = compiled(settings, around)
  return { verdict: decide(who, policy, at(moment)), voice: voiceOf(policy, language) }
}

/** With ordinary spaces, so that the expected texts can be read and typed. */
export const plain = (text: string | null | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ')

export const says = (dimension: DimensionName, who: ClientFacts, moment: string, more: Scene = {}) => {
  const { verdict, voice } = scene(who, moment, more)
  return plain(renderAnswer(dimension, verdict, voice))
}

export const announces = (who: ClientFacts, moment: string, more: Scene = {}) => {
  const { verdict, voice } = scene(who, moment, more)
  return renderNextChange(who, verdict, voice).map(plain)
}
