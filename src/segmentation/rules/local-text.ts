import { z } from 'zod'

export const LANGUAGES = ['ru', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const lineSchema = z.string().trim().min(1).max(120)

/** A name for people: one text for every language, or one for each. */
export const localTextSchema = z.union([lineSchema, z.strictObject({ ru: lineSchema, en: lineSchema })])
export type LocalText = z.infer<typeof localTextSchema>

/** The text in the given language. */
export function textIn(text: LocalText, language: Language): string {
  return typeof text === 'string' ? text : text[language]
}
