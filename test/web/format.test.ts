import { describe, expect, it } from 'vitest'
import { createFormat } from '../../web/src/ui/format.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const ru = createFormat('ru', 'RUB', 'Europe/Moscow')
const en = createFormat('en', 'USD', 'America/New_York')
const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('figures and instants', () => {
  it('are written as people of the account write them', () => {
    expect([12_500, 12_500.5].map(ru.money).map(spaced)).toEqual(['12 500 ₽', '12 500,50 ₽'])
    expect(en.money(12_500)).toBe('$12,500')
    expect([0, 0.058, 0.22].map(ru.share).map(spaced)).toEqual(['0 %', '5,8 %', '22 %'])
    expect(ru.moment('2026-11-21T22:30:00Z')).toBe('22.11.2026, 01:30')
    expect(en.day('2026-11-22T03:00:00Z')).toBe('11/21/2026')
  })

  it.each([
    [45 * 86_400, 'через 45 дней'],
    [100 * 86_400, 'через 3 месяца'],
    [-86_400, 'вчера'],
    [-90, '1 минуту назад'],
    [-3 * 365 * 86_400, '3 года назад'],
  ])('%i seconds away are told as %s', (seconds, text) => {
    expect(spaced(ru.relative(NOW + seconds * 1000, NOW))).toBe(text)
  })

  it('last as long as their largest unit says', () => {
    expect([30, 90, 7_200].map(ru.duration).map(spaced)).toEqual(['30 секунд', '1 минута', '2 часа'])
  })
})
