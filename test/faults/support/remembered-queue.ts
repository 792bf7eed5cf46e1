import { AccountQueues } from '../../../src/sync/account-queues.ts'
import type { JobSpec } from '../../../src/sync/job-catalog.ts'

/** The jobs of one account as Redis keeps them while processes come and go; in order of their priority. */
export class RememberedQueue extends AccountQueues {
  #jobs: JobSpec[] = []
  #active: JobSpec | null = null

  override async add(_accountId: number, jobs: readonly JobSpec[]): Promise<void> {
    for (const job of jobs) if (!this.#has(job)) this.#jobs.push(job)
  }

  /** The next job; it stays until it has ended. Null: none. */
  take(): JobSpec | null {
    this.#active = this.#jobs.toSorted((a, b) => (a.opts.priority ?? 0) - (b.opts.priority ?? 0))[0] ?? null
    this.#jobs = this.#jobs.filter((job) => job !== this.#active)
    return this.#active
  }

  end(): void {
    this.#active = null
  }

  /** What a dead process had in hand is to be done by another. */
  giveBack(): void {
    if (this.#active) this.#jobs.unshift(this.#active)
    this.#active = null
  }

  lose(): void {
    this.#jobs = []
    this.#active = null
  }

  #has({ opts: { deduplication } }: JobSpec): boolean {
    const isSame = (job: JobSpec) => deduplication !== undefined && job.opts.deduplication?.id === deduplication.id
    const isSettled = this.#active && isSame(this.#active) && !deduplication?.keepLastIfActive
    return isSettled === true || this.#jobs.some(isSame)
  }
}
