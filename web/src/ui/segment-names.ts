import type { z } from 'zod'
import type { segmentsSchema } from '../../../src/http/api/segments/segment-schemas.ts'
import { useApi } from '../api/use-api.ts'
import { useGet } from '../api/use-get.ts'

export type Segments = z.output<typeof segmentsSchema>

/** Every segment with its name and its clients of this moment. */
export const useSegments = () => useGet<Segments>('/segments', {}, { every: 60_000 })

/** The names people of the account know segments by, in the language of the page. */
export const useSegmentName = (): ((dimension: string, segment: string) => string) => {
  const { lang } = useApi()
  const known = useSegments().data?.segments ?? []
  return (dimension, segment) =>
    known.find((one) => one.dimension === dimension && one.segment === segment)?.name[lang] ?? segment
}
