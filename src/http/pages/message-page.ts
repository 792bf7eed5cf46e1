import { html } from './html.ts'
import { type Bilingual, type Language, layout } from './layout.ts'

/** A page that says one thing. */
export const messagePage = (
  { title, text }: { readonly title: Bilingual; readonly text: Bilingual },
  language: Language,
): string => layout({ title, language }, html`<p>${text[language]}</p>`)
