import { BarChart, FunnelChart, HeatmapChart, LineChart, PieChart, SankeyChart, ScatterChart } from 'echarts/charts'
import {
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([
  ...[BarChart, FunnelChart, HeatmapChart, LineChart, PieChart, SankeyChart, ScatterChart],
  ...[
    DatasetComponent,
    GridComponent,
    LegendComponent,
    MarkAreaComponent,
    MarkLineComponent,
    TitleComponent,
    TooltipComponent,
    VisualMapComponent,
  ],
  CanvasRenderer,
])

export interface OpenChart {
  show(option: EChartsCoreOption): void
  close(): void
}

interface Clicked {
  readonly name: string
  readonly dataIndex: number
  readonly seriesName?: string
}

/** Opens a chart that keeps to the size of its place. */
export const openChart = (place: HTMLElement, onClick: (params: Clicked) => void): OpenChart => {
  const chart = init(place, null, { renderer: 'canvas' })
  chart.on('click', ({ name, dataIndex, seriesName }) =>
    onClick({ name, dataIndex, ...(seriesName ? { seriesName } : {}) }),
  )
  const watching = new ResizeObserver(() => chart.resize())
  watching.observe(place)
  return {
    show: (option) => chart.setOption({ ...COMMON, ...option }, { notMerge: true }),
    close: () => {
      watching.disconnect()
      chart.dispose()
    },
  }
}

const COMMON: EChartsCoreOption = {
  // A canvas inherits nothing.
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
  animationDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 300,
}
