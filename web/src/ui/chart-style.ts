import type { EChartsCoreOption } from 'echarts/core'

/** A colour of `tokens.css` as charts need it: the text of the variable. */
export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

/** The colour of a segment, the same in chips, charts and tables. */
export const segmentColor = (segment: string): string =>
  token(`segment-${segment.replaceAll('_', '-')}`) || token('accent')

/**
 * Tooltips drawn on the canvas: those of HTML come with inline styles, which the Content-Security-Policy forbids.
 * Spread it into `tooltip`.
 */
export const TOOLTIP: EChartsCoreOption = {
  renderMode: 'richText',
  confine: true,
  padding: [8, 12],
  borderWidth: 1,
}
