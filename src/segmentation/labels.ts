import type { Policy } from './policy.ts'
import type { LifecycleSegment, StandingSegment, TemperatureSegment } from './verdict.ts'

export type Language = Policy['language']

interface Labels {
  readonly lifecycle: Readonly<Record<LifecycleSegment, string>>
  readonly temperature: Readonly<Record<TemperatureSegment, string>>
  readonly standing: Readonly<Record<StandingSegment, string>>
}

/** The names of the segments in both languages. */
export const LABELS: Readonly<Record<Language, Labels>> = {
  ru: {
    lifecycle: {
      new: 'Новый',
      one_time: 'Разовый',
      periodic: 'Периодический',
      regular: 'Постоянный',
      sleeping: 'Спящий',
    },
    temperature: { hot: 'Горячий', warm: 'Тёплый', cold: 'Холодный' },
    standing: { in_work: 'В работе', low_quality: 'Некачественный', refused: 'Отказник' },
  },
  en: {
    lifecycle: {
      new: 'New',
      one_time: 'One-time',
      periodic: 'Periodic',
      regular: 'Regular',
      sleeping: 'Sleeping',
    },
    temperature: { hot: 'Hot', warm: 'Warm', cold: 'Cold' },
    standing: { in_work: 'In work', low_quality: 'Low quality', refused: 'Refused' },
  },
}

/** Names by segment as one account uses them: its own ones, else the labels of its language. */
export type SegmentNames = Labels

/** The labels, with the account's own names where it gave any. */
const named = <Names extends object>(
  labels: Names,
  own: { readonly [Segment in keyof Names]?: string | undefined },
) => ({
  ...labels,
  ...Object.fromEntries(Object.entries(own).filter(([, name]) => name !== undefined)),
})

export const segmentNames = ({ language, targets }: Pick<Policy, 'language' | 'targets'>): SegmentNames => {
  const labels = LABELS[language]
  return {
    lifecycle: named(labels.lifecycle, targets.lifecycle.names),
    temperature: named(labels.temperature, targets.temperature.names),
    standing: named(labels.standing, targets.standing.names),
  }
}
