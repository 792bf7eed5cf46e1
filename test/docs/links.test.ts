import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents, isThere, readDoc } from './support/read-doc.ts'

/** As GitHub makes anchors of headings. */
const anchors = (text: string): string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

const linksOf = (path: string): string[] =>
  [...readDoc(path).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))

describe('the links', () => {
  it.each(documents())('of %s lead somewhere', (path) => {
    for (const link of linksOf(path)) {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : posix.join(posix.dirname(path), file)
      expect([link, isThere(target)]).toEqual([link, true])
      if (anchor !== undefined) expect(anchors(readDoc(target))).toContain(anchor)
    }
  })

  it('lead from README to every manual', () => {
    const linked = linksOf('README.md')
    const manuals = documents().filter((path) => path.startsWith('docs/') && !path.startsWith('docs/decisions/'))
    expect(linked).toEqual(expect.arrayContaining(manuals))
  })
})
