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
body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 0 auto; padding: 2rem 1rem }
main { display: grid; gap: 2.5rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)) }
h1 { font-size: 1.4rem; margin: 0 0 1rem } h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem }
ul, ol { padding-left: 1.2rem; margin: 0 } li { margin: .35rem 0 }
code { background: #8882; border-radius: 4px; padding: .1em .35em; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% } td { border-top: 1px solid var(--line); padding: .4rem .5rem .4rem 0; vertical-align: top }
.note { border-left: 4px solid var(--accent); padding: .4rem .8rem; background: #8881 }
.warning { border-color: var(--warn) } .good { color: var(--good) } .bad { color: var(--bad) } .warn { color: var(--warn) }
a { color: var(--accent) }
`

/** What `style-src` of the Content-Security-Policy must name for the pages' own style to be applied. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

/** A whole page: one section for each language, side by side where there is room. */
export const layout = (title: Bilingual, section: (language: Language) => Html): string =>
  html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.ru} · ${title.en}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<section lang="ru"><h1>${title.ru}</h1>${section('ru')}</section>
<section lang="en"><h1>${title.en}</h1>${section('en')}</section>
</main>
</body>
</html>`.text
