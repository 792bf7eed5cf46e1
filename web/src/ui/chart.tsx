import type { EChartsCoreOption } from 'echarts/core'
import { useEffect, useRef } from 'react'
import { CHART_PARTS, type ChartPart } from './chart-parts.ts'

interface ChartProps {
  /** Of ECharts, with the kinds of charts that `echarts.ts` brings; build it in `useMemo`. */
  readonly option: EChartsCoreOption
  /** What it shows, for those who do not see it; the figures themselves belong into a table beside it. */
  readonly label: string
  /** What it draws beyond bars, rings, axes and tooltips. */
  readonly part?: ChartPart
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
export const Chart = ({ option, label, part, height = 260, onClick }: ChartProps) => {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<Echarts['openChart']> | null>(null)
  const latest = useRef({ option, onClick })
  latest.current = { option, onClick }

  useEffect(() => {
    let isGone = false
    const coming = Promise.all([import('./echarts.ts'), part && CHART_PARTS[part]()])
    void coming.then(([{ openChart }]) => {
      if (isGone || place.current === null) return
      chart.current = openChart(place.current, (params) => latest.current.onClick?.(params))
      chart.current.show(latest.current.option)
    })
    return () => {
      isGone = true
      chart.current?.close()
      chart.current = null
    }
  }, [part])

  useEffect(() => chart.current?.show(option), [option])

  return <div ref={place} className="chart" role="img" aria-label={label} style={{ height }} />
}
