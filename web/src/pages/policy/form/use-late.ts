import { useEffect, useState } from 'react'

/** A value as it stood still for a while: the last one that did not change within `ms`. */
export const useLate = <Value>(value: Value, ms: number): Value => {
  const [late, setLate] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return late
}
