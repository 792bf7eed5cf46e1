import { describe, expect, it } from 'vitest'
import {
  actJob,
  backfillJob,
  cleanUpJob,
  type JobSpec,
  jobSchema,
  lookJob,
  patientBackoff,
  reconcileJob,
  redecideJob,
  segmentActionsJob,
  sweepJob,
  undoJob,
} from '../../src/sync/job-catalog.ts'
import { company, contact } from '../support/test-context.ts'

const touch = { entity: 'lead', id: 17, incoming: false } as const
const dedup = ({ opts }: JobSpec) => opts.deduplication?.id

describe('a job', () => {
  const jobs = [
    lookJob(touch),
    lookJob({ entity: 'contact', id: 5, incoming: true }),
    reconcileJob(contact(5), 'live'),
    reconcileJob(company(7), 'due'),
    actJob('task|c5|1790000000'),
    segmentActionsJob({ deal: 17, only: 'lifecycle:new', at: 1_790_000_000, incoming: false }, 'pipeline-1'),
    backfillJob('install-1'),
    redecideJob('policy-2', 'hold'),
    undoJob('policy-2'),
    cleanUpJob('removal'),
    sweepJob(),
  ]

  it.each(jobs)('$name fits the schema it is read with', ({ name, data }) => {
    expect(jobSchema.parse(data)).toEqual(data)
    expect(data.kind).toBe(name)
  })

  it.each<[string, unknown]>([
    ['nothing', null],
    ['an unknown kind', { kind: 'erase' }],
    ['an id that is none', { kind: 'look', entity: 'lead', id: 0, incoming: false }],
    ['an id as text', { kind: 'look', entity: 'lead', id: '17', incoming: false }],
    ['an unknown entity', { kind: 'look', entity: 'customer', id: 1, incoming: false }],
    ['an unknown priority', { kind: 'reconcile', client: 'c5', priority: 'soon' }],
    ['something more', { kind: 'sweep', more: true }],
  ])('is refused with %s', (_, data) => {
    expect(jobSchema.safeParse(data).success).toBe(false)
  })
})

describe('jobs of one kind', () => {
  it('are one for one entity, and others for others; a message is not swallowed by a change', () => {
    const ids = [
      lookJob(touch),
      lookJob({ ...touch, id: 18 }),
      lookJob({ ...touch, entity: 'contact' }),
      lookJob({ ...touch, incoming: true }),
      reconcileJob(contact(5), 'live'),
      reconcileJob(company(5), 'live'),
      actJob('a'),
      actJob('b'),
    ].map(dedup)
    expect(new Set(ids).size).toBe(ids.length)
    expect(dedup(lookJob({ ...touch }))).toBe(dedup(lookJob(touch)))
    const seen = { digest: 'd', updatedAt: 1 }
    expect(dedup(lookJob({ ...touch, seen }))).toBeUndefined()
    expect(dedup(lookJob({ ...touch, incoming: true, seen }))).toBe(dedup(lookJob({ ...touch, incoming: true })))
    expect(dedup(reconcileJob(contact(5), 'due'))).toBe(dedup(reconcileJob(contact(5), 'live')))
  })

  it('that read: an event during the reading causes one more', () => {
    expect(lookJob(touch).opts.deduplication).toMatchObject({ keepLastIfActive: true })
  })

  it('about the whole base: a wish that comes while one is under way is not lost', () => {
    for (const job of [backfillJob('a'), redecideJob('a', 'leave')]) {
      expect(job.opts.deduplication).toMatchObject({ keepLastIfActive: true })
    }
  })

  it('have names without colons, which the queue’s keys are made with', () => {
    for (const job of [lookJob(touch), reconcileJob(contact(5), 'live'), actJob('a:b')]) {
      expect(dedup(job)).not.toContain(':')
    }
  })
})

describe('the order', () => {
  it('is: a person’s act, then the clock, then mass work', () => {
    const priorities = [
      lookJob(touch).opts.priority ?? 0,
      reconcileJob(contact(5), 'live').opts.priority ?? 0,
      reconcileJob(contact(5), 'due').opts.priority ?? 0,
      backfillJob('a').opts.priority ?? 0,
    ]
    expect(priorities).toEqual(priorities.toSorted((a, b) => a - b))
    expect(priorities[1]).toBeLessThan(priorities[2] ?? 0)
    expect(priorities[2]).toBeLessThan(priorities[3] ?? 0)
  })
})

describe('the wait before another try', () => {
  it('doubles from a second to some minutes, and all tries together take about an hour', () => {
    expect([1, 2, 3, 10, 11, 14].map(patientBackoff)).toEqual([1000, 2000, 4000, 512_000, 512_000, 512_000])
    const attempts = lookJob(touch).opts.attempts ?? 0
    const total = Array.from({ length: attempts - 1 }, (_, index) => patientBackoff(index + 1))
    expect(total.reduce((sum, wait) => sum + wait, 0) / 60_000).toBeCloseTo(51, 0)
  })
})
