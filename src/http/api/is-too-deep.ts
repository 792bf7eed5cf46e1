/** Deeper than anything the API takes; what is deeper is only meant to exhaust whoever walks through it. */
const DEEPEST = 64

/** Whether parsed JSON is nested too deep to be looked at. */
export const isTooDeep = (body: unknown): boolean => {
  let level: unknown[] = [body]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return false
}
