import { BarChart, PieChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// What every page draws; the rest comes with the charts that need it, see `chart-parts.ts`.
use([BarChart, PieChart, GridComponent, TooltipComponent, CanvasRenderer])

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
