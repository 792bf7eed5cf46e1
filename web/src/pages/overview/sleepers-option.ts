import type { EChartsCoreOption } from 'echarts/core'
import { segmentColor, TOOLTIP, token } from '../../ui/chart-style.ts'
import type { Format } from '../../ui/format.ts'
import type { Sleepers } from './overview-types.ts'

/** Columns by day of how many clients fall asleep. */
export const sleepersOption = (
  byDay: Sleepers['byDay'],
  format: Format,
  clientsText: (clients: number) => string,
): EChartsCoreOption => ({
  grid: { left: 4, right: 4, top: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  tooltip: {
    ...TOOLTIP,
    trigger: 'axis',
    formatter: ([first]: readonly { readonly dataIndex: number }[]) => {
      const day = byDay[first?.dataIndex ?? 0]
      return day ? `${dayText(day.day, format)}\n${clientsText(day.clients)}\n${format.money(Math.round(day.ltv))}` : ''
    },
  },
  xAxis: {
    type: 'category',
    data: byDay.map(({ day }) => dayText(day, format)),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token('line') } },
    axisLabel: { color: token('ink-quiet'), interval: 6 },
  },
  yAxis: {
    type: 'value',
    minInterval: 1,
    splitNumber: 3,
    axisLabel: { color: token('ink-quiet') },
    splitLine: { lineStyle: { color: token('line-quiet') } },
  },
  series: [
    {
      type: 'bar',
      barCategoryGap: '25%',
      data: byDay.map(({ clients }) => clients),
      itemStyle: { color: segmentColor('sleeping'), borderRadius: [2, 2, 0, 0] },
    },
  ],
})

/** A day of the calendar, at its noon so that no time zone moves it. */
const dayText = (day: string, format: Format): string => format.shortDay(`${day}T12:00:00Z`)
