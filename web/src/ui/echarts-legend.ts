import { LegendPlainComponent } from 'echarts/components'
import { use } from 'echarts/core'

/** Lets charts have a legend. */
export const registerLegend = (): void => use([LegendPlainComponent])
