/** The benchmarks by name; each is loaded only when asked for. */
const BENCHMARKS: Readonly<Record<string, () => Promise<() => unknown>>> = {
  decide: async () => (await import('./decide.ts')).benchDecide,
  fairness: async () => (await import('./fairness.ts')).benchFairness,
  accounts: async () => (await import('./accounts.ts')).benchAccounts,
  due: async () => (await import('./due.ts')).benchDue,
  lists: async () => (await import('./lists.ts')).benchLists,
  overview: async () => (await import('./overview.ts')).benchOverview,
  movement: async () => (await import('./movement.ts')).benchMovement,
  preview: async () => (await import('./preview.ts')).benchPreview,
  memory: async () => (await import('./memory.ts')).benchMemory,
  receipt: async () => (await import('./receipt.ts')).benchReceipt,
  idle: async () => (await import('./idle.ts')).benchIdle,
  burst: async () => (await import('./burst.ts')).benchBurst,
  backfill: async () => (await import('./backfill.ts')).benchBackfill,
}

const [name] = process.argv.slice(2)
const load = name === undefined ? undefined : BENCHMARKS[name]
if (load === undefined) {
  console.error(`Name a benchmark: npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')}`)
  process.exitCode = 1
} else {
  const run = await load()
  await run()
}
