/** Parts of charts that few of them need; each comes with the first chart that does. */
export const CHART_PARTS = {
  marks: async () => (await import('./echarts-marks.ts')).registerMarks(),
  legend: async () => (await import('./echarts-legend.ts')).registerLegend(),
} as const

export type ChartPart = keyof typeof CHART_PARTS
