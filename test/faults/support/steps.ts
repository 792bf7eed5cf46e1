/**
 * Every step of the loop that leaves a mark outside of the process, by the port it goes through: what a look folds into
 * the mirror, what a reconcile writes and remembers, what an action does, the checkpoints of a backfill, and the jobs
 * that are added and ended.
 */
export const STEPS = {
  api: ['update', 'createLead', 'createTask', 'createNote'],
  mirror: ['update', 'commit', 'orphanDeal', 'buryDeal', 'settleLoose'],
  journal: ['record', 'recordMade'],
  echoes: ['expect', 'settle'],
  intents: ['begin', 'done', 'release'],
  notes: ['set', 'claim', 'release'],
  queue: ['add', 'end'],
} as const

/** Each by its full name. */
export const ALL_STEPS: readonly string[] = Object.entries(STEPS).flatMap(([port, steps]) =>
  steps.map((step) => `${port}.${step}`),
)
