/** Durations in ms, summed up. */
export interface LatencySummary {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** Nearest-rank percentiles; zeros where nothing was measured. */
export function summarize(durations: readonly number[]): LatencySummary {
  const sorted = durations.toSorted((one, other) => one - other)
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 }
}
