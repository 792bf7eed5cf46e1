import type { Redis } from 'ioredis'
import { Registry } from 'prom-client'
import { beforeEach, describe, expect, it } from 'vitest'
import { accountMetrics } from '../../src/metrics/account-metrics.ts'
import { amocrmMetrics } from '../../src/metrics/amocrm-metrics.ts'
import { redisMetrics } from '../../src/metrics/redis-metrics.ts'
import { syncMetrics } from '../../src/metrics/sync-metrics.ts'
import { SOME_FIGURES } from '../docs/support/all-metrics.ts'

/** The samples of a registry, without buckets, as they are scraped. */
const samples = async (registry: Registry): Promise<string[]> =>
  (await registry.metrics())
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.includes('_bucket'))

let registry: Registry
beforeEach(() => {
  registry = new Registry()
})

describe('the figures of the accounts', () => {
  const many = Array.from({ length: 503 }, (_, index) => ({
    ...SOME_FIGURES,
    id: index + 1,
    isActive: index !== 501,
    lag: index,
    refreshTokenLeft: 1000 - index,
    segments: [{ dimension: 'lifecycle', segment: 'new', clients: 10 }],
  }))

  it('are told of so many one by one, and of the rest together', async () => {
    const told = await samples(accountMetrics(many))
    const accounts = new Set(told.map((line) => /account="(\w+)"/.exec(line)?.[1]))
    expect(accounts.size).toBe(501)
    expect(told).toEqual(
      expect.arrayContaining([
        'amo_segments_lag_seconds{account="500"} 499',
        'amo_segments_lag_seconds{account="other"} 502',
        'amo_segments_jobs{account="other"} 12',
        'amo_segments_account_active{account="other"} 0',
        'amo_segments_refresh_token_expires_seconds{account="other"} 498',
        'amo_segments_clients{account="other",dimension="lifecycle",segment="new"} 30',
      ]),
    )
  })

  it('leave out what cannot be said', async () => {
    const told = await samples(
      accountMetrics([{ ...SOME_FIGURES, hookAge: null, tokenAge: null, refreshTokenLeft: null }]),
    )
    expect(told.some((line) => /hook_age|token/.test(line))).toBe(false)
    expect(told).toContain('amo_segments_swept_age_seconds{account="5"} 9')
  })
})

describe('what a process counts', () => {
  it('of moves: those between segments of ours, not the rules and tiers that policies name', async () => {
    const { moved } = syncMetrics(registry)
    moved?.([
      { dimension: 'lifecycle', from: null, to: 'new' },
      { dimension: 'temperature', from: 'hot', to: 'warm' },
      { dimension: 'tier', from: null, to: 'Gold' },
      { dimension: 'rule:vip', from: null, to: 'match' },
    ])
    expect((await samples(registry)).filter((line) => line.includes('transitions'))).toEqual([
      'amo_segments_transitions_total{dimension="lifecycle",from="none",to="new"} 1',
      'amo_segments_transitions_total{dimension="temperature",from="hot",to="warm"} 1',
    ])
  })

  it('of jobs: how they ended, how long they took, how long they waited at first', async () => {
    const { jobDone } = syncMetrics(registry)
    jobDone?.({ kind: 'look', outcome: 'done', ms: 1_500, waitedMs: 250 })
    jobDone?.({ kind: 'look', outcome: 'failed', ms: 500, waitedMs: null })
    expect(await samples(registry)).toEqual(
      expect.arrayContaining([
        'amo_segments_jobs_total{kind="look",outcome="done"} 1',
        'amo_segments_jobs_total{kind="look",outcome="failed"} 1',
        'amo_segments_job_seconds_sum{kind="look"} 2',
        'amo_segments_job_wait_seconds_count{kind="look"} 1',
        'amo_segments_job_wait_seconds_sum{kind="look"} 0.25',
      ]),
    )
  })

  it('of writes: from the webhook to the card, where there was a webhook and it was written', async () => {
    const { written } = syncMetrics(registry)
    written?.({ entity: 'leads', outcome: 'written', sinceHookMs: 700 })
    written?.({ entity: 'leads', outcome: 'refused', sinceHookMs: 900 })
    written?.({ entity: 'leads', outcome: 'written', sinceHookMs: null })
    expect(await samples(registry)).toEqual(
      expect.arrayContaining([
        'amo_segments_writes_total{entity="leads",outcome="written"} 2',
        'amo_segments_writes_total{entity="leads",outcome="refused"} 1',
        'amo_segments_hook_to_write_seconds_sum 0.7',
        'amo_segments_hook_to_write_seconds_count 1',
      ]),
    )
  })

  it('of the traffic: requests by answer, batches, waits for a slot, blocks, new tokens', async () => {
    const events = amocrmMetrics(registry)
    const path = '/api/v4/leads'
    events.requestDone?.({ method: 'PATCH', path, status: 200, ms: 120, batch: 40 })
    events.requestDone?.({ method: 'PATCH', path, status: 429, ms: 20, batch: 40 })
    events.requestDone?.({ method: 'GET', path: '/api/v4/account', status: null, ms: 20_000 })
    events.slotGranted?.({ rank: 'partial', ms: 3_000 })
    events.blocked?.({ code: 'unauthorized', until: null })
    events.refreshed?.()
    expect(await samples(registry)).toEqual(
      expect.arrayContaining([
        'amo_segments_api_requests_total{method="PATCH",path="/api/v4/leads",status="200"} 1',
        'amo_segments_api_requests_total{method="PATCH",path="/api/v4/leads",status="429"} 1',
        'amo_segments_api_requests_total{method="GET",path="/api/v4/account",status="none"} 1',
        'amo_segments_api_batch_entities_sum{method="PATCH"} 80',
        'amo_segments_limiter_wait_seconds_sum{priority="backfill"} 3',
        'amo_segments_api_blocked_total{code="unauthorized"} 1',
        'amo_segments_token_refreshes_total 1',
      ]),
    )
  })
})

describe('the figures of Redis', () => {
  it('say that it is away, and nothing more', async () => {
    const away = { ping: () => Promise.reject(new Error('away')), info: () => Promise.reject(new Error('away')) }
    expect(await samples(await redisMetrics(away as unknown as Redis))).toEqual(['amo_segments_redis_up 0'])
  })
})
