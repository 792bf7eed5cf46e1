import { expect, it } from 'vitest'
import { countsByDimension, matrixOf, movingDimensions } from '../../../web/src/pages/policy/preview/counts.ts'

const PREVIEW = {
  before: { 'lifecycle:one_time': 30, 'lifecycle:new': 10, 'rule:a:b:match': 2 },
  after: { 'lifecycle:one_time': 14, 'lifecycle:new': 10, 'lifecycle:sleeping': 16, 'rule:a:b:match': 5 },
  moves: [
    { dimension: 'rule:a:b', from: null, to: 'match', clients: 3, examples: [] },
    { dimension: 'lifecycle', from: 'one_time', to: 'sleeping', clients: 16, examples: [] },
  ],
}
const ORDER = ['new', 'one_time', 'sleeping']

it('counts the clients of each segment before and after, in the order of the segments', () => {
  const counts = countsByDimension(PREVIEW, { lifecycle: ORDER })
  expect([...counts]).toEqual([
    [
      'lifecycle',
      [
        { segment: 'new', before: 10, after: 10 },
        { segment: 'one_time', before: 30, after: 14 },
        { segment: 'sleeping', before: 0, after: 16 },
      ],
    ],
    ['rule:a:b', [{ segment: 'match', before: 2, after: 5 }]],
  ])
})

it('tells who goes from where to where, and who stays', () => {
  const { segments, clients } = matrixOf(PREVIEW, 'lifecycle', ORDER)
  expect(segments).toEqual(ORDER)
  expect(segments.map((from) => segments.map((to) => clients(from, to)))).toEqual([
    [10, 0, 0],
    [0, 14, 16],
    [0, 0, 0],
  ])
  const rule = matrixOf(PREVIEW, 'rule:a:b')
  expect([rule.clients(null, 'match'), rule.clients('match', 'match'), rule.clients(null, null)]).toEqual([3, 2, 0])
})

it('puts the usual dimensions before the rules', () => {
  expect(movingDimensions(PREVIEW)).toEqual(['lifecycle', 'rule:a:b'])
})
