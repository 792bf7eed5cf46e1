import { MarkAreaComponent, MarkLineComponent } from 'echarts/components'
import { use } from 'echarts/core'

/** Lets charts have marked lines and areas. */
export const registerMarks = (): void => use([MarkAreaComponent, MarkLineComponent])
