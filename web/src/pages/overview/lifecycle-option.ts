import type { EChartsCoreOption } from 'echarts/core'
import type { Language } from '../../i18n/language.ts'
import { segmentColor, TOOLTIP, token } from '../../ui/chart-style.ts'
import type { Format } from '../../ui/format.ts'
import type { CountedSegment } from './segment-table.tsx'

/** A ring of the lifecycle segments. */
export const lifecycleOption = (
  segments: readonly CountedSegment[],
  lang: Language,
  format: Format,
): EChartsCoreOption => {
  const total = segments.reduce((sum, { clients }) => sum + clients, 0)
  return {
    tooltip: {
      ...TOOLTIP,
      formatter: ({ name, value }: { readonly name: string; readonly value: number }) =>
        `${name}: ${format.number(value)} (${format.share(value / total)})`,
    },
    series: [
      {
        type: 'pie',
        radius: ['64%', '92%'],
        label: { show: false },
        itemStyle: { borderColor: token('surface'), borderWidth: 2, borderRadius: 3 },
        emphasis: { scaleSize: 4 },
        data: segments.map(({ segment, clients, name }) => ({
          name: name[lang],
          value: clients,
          itemStyle: { color: segmentColor(segment) },
        })),
      },
    ],
  }
}
