import { useEffect, useState } from 'react'
import { useGet } from '../../api/use-get.ts'
import type { Client } from './clients-types.ts'

/** A reading is waited for so long, and looked for so often, ms. */
const PATIENCE_MS = 20_000
const LOOK_MS = 1_200

/** One client, and whether a fresh reading of him is expected. */
export const useClient = (kind: 'contact' | 'company', id: number) => {
  const [expected, setExpected] = useState<{ readonly beforeReadAt: string | null } | null>(null)
  const query = useGet<Client>(`/clients/${kind}/${id}`, {}, { every: expected === null ? 60_000 : LOOK_MS })
  const readAt = query.data?.readAt ?? null
  useEffect(() => {
    if (expected === null) return
    if (readAt !== expected.beforeReadAt) return setExpected(null)
    const timer = setTimeout(() => setExpected(null), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [expected, readAt])
  return { query, isReading: expected !== null, expectReading: () => setExpected({ beforeReadAt: readAt }) }
}
