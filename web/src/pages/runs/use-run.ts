import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { request } from '../../api/request.ts'
import { useApi } from '../../api/use-api.ts'
import { useGet } from '../../api/use-get.ts'
import { hasEnded, type Run } from './run-types.ts'
import { serverEvents } from './server-events.ts'

/** How often a run is looked at where its events can't be had, ms. */
const LOOK_EVERY_MS = 3_000

/** One run as it goes on: told by server-sent events, and looked at now and then should they fail to come. */
export const useRun = (name: string) => {
  const { accountId } = useApi()
  const queries = useQueryClient()
  const path = `/runs/${name}`
  const run = useGet<Run>(path)
  const isOver = run.data !== undefined && hasEnded(run.data)
  const isKnown = run.data !== undefined
  useEffect(() => {
    if (isOver || !isKnown) return
    const stop = new AbortController()
    const follow = async () => {
      const answer = await request('GET', `/accounts/${accountId}${path}/events`, { signal: stop.signal })
      if (answer.body === null) return
      for await (const { data } of serverEvents(answer.body)) {
        queries.setQueryData([accountId, path, {}], JSON.parse(data))
      }
    }
    const looking = setInterval(
      () => void queries.invalidateQueries({ queryKey: [accountId, path, {}] }),
      LOOK_EVERY_MS,
    )
    follow().catch(() => undefined)
    return () => {
      stop.abort()
      clearInterval(looking)
    }
  }, [accountId, path, isOver, isKnown, queries])
  // Whatever the pages show may be different after it.
  const wasMoving = useRef(false)
  useEffect(() => {
    if (wasMoving.current && isOver) void queries.invalidateQueries({ queryKey: [accountId] })
    wasMoving.current = isKnown && !isOver
  }, [accountId, isOver, isKnown, queries])
  return run
}
