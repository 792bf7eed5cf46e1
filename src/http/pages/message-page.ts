import { html } from './html.ts'
import { type Bilingual, layout } from './layout.ts'

/** A page that says one thing. */
export const messagePage = ({ title, text }: { readonly title: Bilingual; readonly text: Bilingual }): string =>
  layout(title, (language) => html`<p>${text[language]}</p>`)
