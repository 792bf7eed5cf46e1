import { LineChart } from 'echarts/charts'
import { MarkAreaComponent, MarkLineComponent } from 'echarts/components'
import { use } from 'echarts/core'

/** Lets charts draw lines, and mark instants and stretches of their axes. */
export const registerMarks = (): void => use([LineChart, MarkAreaComponent, MarkLineComponent])
