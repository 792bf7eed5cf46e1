import type { EChartsCoreOption } from 'echarts/core'
import { useEffect, useRef } from 'react'

interface ChartProps {
  /** Of ECharts: bar, line, pie, sankey, heatmap, funnel, scatter; build it in `useMemo`. */
  readonly option: EChartsCoreOption
  /** What it shows, for those who do not see it; the figures themselves belong into a table beside it. */
  readonly label: string
  /** Pixels. */
  readonly height?: number
  readonly onClick?: (params: {
    readonly name: string
    readonly dataIndex: number
    readonly seriesName?: string
  }) => void
}

type Echarts = typeof import('./echarts.ts')

/** A chart; its engine comes when the first one is shown. */
export const Chart = ({ option, label, height = 260, onClick }: ChartProps) => {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<Echarts['openChart']> | null>(null)
  const latest = useRef({ option, onClick })
  latest.current = { option, onClick }

  useEffect(() => {
    let isGone = false
    void import('./echarts.ts').then(({ openChart }) => {
      if (isGone || place.current === null) return
      chart.current = openChart(place.current, (params) => latest.current.onClick?.(params))
      chart.current.show(latest.current.option)
    })
    return () => {
      isGone = true
      chart.current?.close()
      chart.current = null
    }
  }, [])

  useEffect(() => chart.current?.show(option), [option])

  return <div ref={place} className="chart" role="img" aria-label={label} style={{ height }} />
}
