import type { EChartsCoreOption } from 'echarts/core'
import { segmentColor, TOOLTIP, token } from '../../ui/chart-style.ts'
import type { Format } from '../../ui/format.ts'
import type { Revenue } from './movement-types.ts'
import { stepName } from './step-name.ts'

interface RevenueOptionParts {
  readonly revenue: Revenue
  /** In their order, with their names. */
  readonly segments: readonly { readonly segment: string; readonly name: string }[]
  readonly format: Format
  readonly language: string
}

/** Stacked columns, one for each step of time, in the colours of the segments. */
export const revenueOption = ({ revenue, segments, format, language }: RevenueOptionParts): EChartsCoreOption => ({
  tooltip: {
    ...TOOLTIP,
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    valueFormatter: (value: unknown) => format.money(Number(value)),
  },
  legend: { bottom: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12, textStyle: { color: token('ink') } },
  grid: { left: 8, right: 8, top: 16, bottom: 56, containLabel: true },
  xAxis: {
    type: 'category',
    data: revenue.steps.map(({ day }) => stepName(day, revenue.step, language)),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token('line') } },
    axisLabel: { color: token('ink-quiet'), hideOverlap: true },
  },
  yAxis: {
    type: 'value',
    splitLine: { lineStyle: { color: token('line-quiet') } },
    axisLabel: { color: token('ink-quiet'), formatter: (value: number) => format.shortMoney(value) },
  },
  series: segments.map(({ segment, name }) => ({
    ...{ type: 'bar', stack: 'revenue', name, barMaxWidth: 44 },
    itemStyle: { color: segmentColor(segment) },
    emphasis: { focus: 'series' },
    data: revenue.steps.map((step) => step.segments[segment]?.amount ?? 0),
  })),
})
