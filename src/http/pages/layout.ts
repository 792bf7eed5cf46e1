import { createHash } from 'node:crypto'
import { Html, html } from './html.ts'

/** A text in the two languages every page speaks. */
export interface Bilingual {
  readonly ru: string
  readonly en: string
}

export type Language = keyof Bilingual

/** Picks the text of the section that is being written. */
export type Say = (text: Bilingual) => string

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --accent: #2a6df4; --good: #188038; --bad: #c5221f; --warn: #b06000 }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 2rem 1rem }
nav { float: right } dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 0 } dd { margin: 0 }
h1 { font-size: 1.4rem; margin: 0 0 1rem } h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem }
ul, ol { padding-left: 1.2rem; margin: 0 } li { margin: .35rem 0 }
code { background: #8882; border-radius: 4px; padding: .1em .35em; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% } td { border-top: 1px solid var(--line); padding: .4rem .5rem .4rem 0; vertical-align: top } td:first-child { width: 38% }
.note { border-left: 4px solid var(--accent); padding: .4rem .8rem; background: #8881 }
.warning { border-color: var(--warn) } .good { color: var(--good) } .bad { color: var(--bad) } .warn { color: var(--warn) }
a { color: var(--accent) } a:focus-visible { outline: 2px solid; outline-offset: 2px }
.button { display: inline-block; margin: 0 .5rem .5rem 0; padding: .5rem 1rem; border-radius: 6px; background: var(--accent); color: #fff; text-decoration: none }
`

/** What `style-src` of the Content-Security-Policy must name for the pages' own style to be applied. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

/** How each language is called by those who read it. */
const LANGUAGES: Readonly<Record<Language, string>> = { ru: 'Русский', en: 'English' }

/** What a page is called, which language it speaks, and where its other one is. */
export interface PageFrame {
  readonly title: Bilingual
  readonly language: Language
  /** Whether a link leads to the same address in the other language. */
  readonly canSwitch?: boolean
}

/** A whole page in one language. */
export const layout = ({ title, language, canSwitch = false }: PageFrame, body: Html): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title[language]}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${canSwitch ? languageSwitch(language) : html``}<main>
<h1>${title[language]}</h1>${body}
</main>
</body>
</html>`.text

const languageSwitch = (present: Language): Html => {
  const other = present === 'ru' ? 'en' : 'ru'
  return html`<nav><a href="/?lang=${other}" lang="${other}" hreflang="${other}">${LANGUAGES[other]}</a></nav>
`
}
