import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../../web/src/pages/movement/matrix-of.ts'

const move = (from: string | null, to: string | null, count: number, ltv = count * 100) => ({ from, to, count, ltv })

describe('the table of moves', () => {
  const moves = [move(null, 'new', 900), move('new', 'hot', 5), move('hot', 'new', 2), move('old', 'hot', 1)]
  const matrix = matrixOf(moves, ['new', 'hot', 'cold'])

  it('has every segment in its order, former ones last, and who came from nowhere first', () => {
    expect(matrix.rows).toEqual([null, 'new', 'hot', 'cold', 'old'])
    expect(matrix.columns).toEqual(['new', 'hot', 'cold', 'old'])
  })

  it('tells each pair, who left and who entered', () => {
    expect(matrix.cell('new', 'hot')).toMatchObject({ count: 5, ltv: 500 })
    expect(matrix.cell('cold', 'hot')).toEqual({ count: 0, ltv: 0 })
    expect(matrix.entered('hot')).toEqual({ count: 6, ltv: 600 })
    expect(matrix.left(null)).toEqual({ count: 900, ltv: 90_000 })
  })

  it('measures heat between segments alone', () => {
    expect(matrix.most('count')).toBe(5)
    expect(matrixOf([], []).most('ltv')).toBe(0)
  })
})
