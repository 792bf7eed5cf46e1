import type { EChartsCoreOption } from 'echarts/core'
import { segmentColor, TOOLTIP, token } from '../../ui/chart-style.ts'
import type { Format } from '../../ui/format.ts'
import type { Client } from './clients-types.ts'

interface Words {
  readonly today: string
  readonly sleeps: (day: string) => string
  readonly slept: (day: string) => string
}

/** Room on both sides of what is drawn, as a share of it. */
const MARGIN = 0.04
const DAY_MS = 86_400_000

/** Purchases on a line of time; the shade is the silence that is allowed after the last of them. */
export const purchasesOption = (
  purchases: Client['purchases'],
  sleep: Client['sleep'],
  format: Format,
  words: Words,
  now = Date.now(),
): EChartsCoreOption => {
  const points = purchases.map(({ at, amount }) => [Date.parse(at), amount] as const)
  const sleepsAt = sleep === null ? now : Date.parse(sleep.at)
  const [first, last] = [points[0]?.[0] ?? now, points.at(-1)?.[0] ?? now]
  const [from, to] = [Math.min(first, now), Math.max(sleepsAt, now, last)]
  const margin = Math.max((to - from) * MARGIN, DAY_MS)
  const isAsleep = sleepsAt <= now
  const day = sleep === null ? '' : format.day(sleep.at)
  const sleeping = segmentColor('sleeping')
  return {
    grid: { left: 8, right: 24, top: 36, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...TOOLTIP,
      trigger: 'axis',
      formatter: (found: readonly { readonly value: readonly [number, number | '-'] }[]) => {
        const at = found[0]?.value[0]
        const purchase = points.find(([when]) => when === at)
        return purchase ? `${format.day(purchase[0])}\n${format.money(purchase[1])}` : ''
      },
    },
    xAxis: {
      type: 'time',
      min: from - margin,
      max: to + margin,
      splitNumber: 6,
      axisLine: { lineStyle: { color: token('line') } },
      axisLabel: { color: token('ink-quiet'), hideOverlap: true, formatter: (at: number) => format.day(at) },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 3,
      axisLabel: { color: token('ink-quiet'), formatter: (amount: number) => format.shortMoney(amount) },
      splitLine: { lineStyle: { color: token('line-quiet') } },
    },
    series: [
      {
        // Columns would have an axis make room for half the least gap on both sides, so each is a broad stroke.
        type: 'line',
        data: points.flatMap(([at, amount]) => [
          [at, 0],
          [at, amount],
          [at, '-'],
        ]),
        showSymbol: false,
        lineStyle: { color: token('accent'), width: 8, cap: 'butt', join: 'bevel' },
        itemStyle: { color: token('accent') },
        emphasis: { disabled: true },
        markArea: {
          silent: true,
          itemStyle: { color: token(isAsleep ? 'line-quiet' : 'good-quiet'), opacity: 0.8 },
          data: sleep === null ? [] : [[{ xAxis: last }, { xAxis: sleepsAt }]],
        },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            line(now, words.today, token('accent-strong'), 'solid', 'end'),
            ...(sleep === null
              ? []
              : [
                  line(
                    sleepsAt,
                    isAsleep ? words.slept(day) : words.sleeps(day),
                    sleeping,
                    'dashed',
                    'insideEndBottom',
                  ),
                ]),
          ],
        },
      },
    ],
  }
}

/** The two may stand close together, so one has its name above and the other along itself, where nothing was bought. */
const line = (
  xAxis: number,
  name: string,
  color: string,
  type: 'solid' | 'dashed',
  position: 'end' | 'insideEndBottom',
) => ({
  xAxis,
  name,
  label: { formatter: name, position, color: token('ink'), fontSize: 12 },
  lineStyle: { color, type, width: 2 },
})
