import type { Language } from '../../segmentation/rules/local-text.ts'
import type { Finding } from './finding.ts'

const MARKS = { ok: '✔', warn: '!', fail: '✘' } as const

const CLOSING = {
  ru: (fails: number, warns: number) =>
    fails + warns === 0 ? 'Всё в порядке.' : `Не работает: ${fails}, предупреждений: ${warns}.`,
  en: (fails: number, warns: number) =>
    fails + warns === 0 ? 'All is well.' : `Does not work: ${fails}, warnings: ${warns}.`,
}

/** One line for each finding with what to do, and what it comes to. */
export const reportLines = (findings: readonly Finding[], language: Language): string[] => {
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length
  const lines = findings.map(({ level, account, text, advice }) => {
    const whose = account === undefined ? '' : `${account}: `
    return `${MARKS[level]} ${whose}${text[language]}${advice ? ` → ${advice[language]}` : ''}`
  })
  return [...lines, CLOSING[language](count('fail'), count('warn'))]
}
