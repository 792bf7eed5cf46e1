import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SecretBox } from '../../src/store/secret-box.ts'

const OLD = randomBytes(32)
const NEW = randomBytes(32)
const box = new SecretBox([OLD])

/** The sealed text with one character of one of its parts changed. */
const damaged = (sealed: string, part: number): string =>
  sealed
    .split('.')
    .map((text, index) => (index === part ? (text.startsWith('A') ? 'B' : 'A') + text.slice(1) : text))
    .join('.')

describe('a sealed secret', () => {
  it.each(['refresh-token', '', 'секрет 🔑'])('opens to what it was: %j', (plain) => {
    expect(box.open(box.seal(plain, 'tokens:1'), 'tokens:1')).toBe(plain)
  })

  it('shows nothing of what it holds, and never looks the same twice', () => {
    const [one, other] = [box.seal('refresh-token', 'tokens:1'), box.seal('refresh-token', 'tokens:1')]
    expect(one).not.toContain('refresh-token')
    expect(one).not.toContain(Buffer.from('refresh-token').toString('base64'))
    expect(one).not.toBe(other)
  })

  it('opens with an old key after a new one came, and is sealed with the new one from then on', () => {
    const both = new SecretBox([NEW, OLD])
    expect(both.open(box.seal('secret', 'a'), 'a')).toBe('secret')
    const sealed = both.seal('secret', 'a')
    expect(new SecretBox([NEW]).open(sealed, 'a')).toBe('secret')
    expect(() => box.open(sealed, 'a')).toThrow(/ENCRYPTION_KEY/)
  })

  it('does not open for another account', () => {
    expect(() => box.open(box.seal('secret', 'tokens:1'), 'tokens:2')).toThrow(/cannot be decrypted/)
  })

  it.each([0, 1, 2, 3])('does not open when its part %i is damaged', (part) => {
    expect(() => box.open(damaged(box.seal('secret', 'a'), part), 'a')).toThrow(/cannot be decrypted/)
  })

  it('does not open when its seal is cut short, which would be easier to forge', () => {
    const [version, iv, tag = '', body] = box.seal('secret', 'a').split('.')
    const short = Buffer.from(tag, 'base64').subarray(0, 4).toString('base64')
    expect(() => box.open([version, iv, short, body].join('.'), 'a')).toThrow(/cannot be decrypted/)
  })

  it.each(['', 'v1', 'v1...', 'plain text'])('is told from other text: %j', (text) => {
    expect(() => box.open(text, 'a')).toThrow(/cannot be decrypted/)
  })

  it.each([
    ['no key', []],
    ['a short key', [randomBytes(16)]],
    ['a short old key', [NEW, randomBytes(31)]],
  ])('needs keys of 32 bytes, not %s', (_, keys) => {
    expect(() => new SecretBox(keys)).toThrow(/32 bytes/)
  })
})
