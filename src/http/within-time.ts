/** The work did not end in the time it was given. It may still end later; nobody waits for it. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

/** Ends as `work` does, or rejects with a `TimeLimitError` after `limitMs`. */
export const withinTime = async <T>(limitMs: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(`no answer within ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
