import { decide } from '../segmentation/decide.ts'
import type { ClientFacts, Seconds } from '../segmentation/facts.ts'
import { renderAnswer } from '../segmentation/render/render-answer.ts'
import { renderNextChange } from '../segmentation/render/render-next-change.ts'
import { renderRule } from '../segmentation/render/render-rule.ts'
import type { Voice } from '../segmentation/render/voice.ts'
import type { Verdict } from '../segmentation/verdict.ts'

const DIMENSIONS = ['lifecycle', 'temperature', 'standing', 'value'] as const

/** A verdict about one client, with all of it in words. */
export interface ToldVerdict extends Verdict {
  readonly kind: ClientFacts['kind']
  readonly id: number
  /** One sentence per answer, per rule that holds, and per part of the next change. */
  readonly text: {
    readonly answers: Readonly<Partial<Record<(typeof DIMENSIONS)[number], string>>>
    readonly rules: readonly string[]
    readonly next: readonly string[]
  }
}

export const tellVerdict = (client: ClientFacts, voice: Voice, now: Seconds): ToldVerdict => {
  const verdict = decide(client, voice.policy, now)
  const answers = DIMENSIONS.flatMap((dimension) => {
    const text = renderAnswer(dimension, verdict, voice)
    return text === null ? [] : [[dimension, text] as const]
  })
  const text = {
    answers: Object.fromEntries(answers),
    rules: verdict.rules.map((match) => renderRule(match, voice)),
    next: renderNextChange(client, verdict, voice),
  }
  return { kind: client.kind, id: client.id, ...verdict, text }
}

const HEADS = {
  ru: { contact: 'Контакт', company: 'Компания', deal: 'Сделка' },
  en: { contact: 'Contact', company: 'Company', deal: 'Deal' },
} as const

/** The verdict for people: a head line, then one indented line per sentence. */
export const verdictLines = ({ kind, id, text, rules }: ToldVerdict, { language }: Voice): string[] => {
  const heads = HEADS[language]
  const matches = rules.map(({ dealId }, index) => {
    const sentence = text.rules[index] ?? ''
    return dealId === null ? sentence : `${heads.deal} ${dealId}: ${sentence}`
  })
  const sentences = [...Object.values(text.answers), ...matches, ...text.next]
  return [`${heads[kind]} ${id}`, ...sentences.map((sentence) => `  ${sentence}`)]
}
