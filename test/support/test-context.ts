import type { Redis } from 'ioredis'
import { pino } from 'pino'
import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import type { Aggregates } from '../../src/segmentation/facts.ts'
import { type PolicyInput, policySchema } from '../../src/segmentation/policy.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import { AccountNotes } from '../../src/store/account-notes.ts'
import type { AccountRecord, AccountStructure } from '../../src/store/account-record.ts'
import type { ClientDoc } from '../../src/store/client-doc.ts'
import { Echoes } from '../../src/store/echoes.ts'
import { GapStore } from '../../src/store/gap-store.ts'
import { Intents } from '../../src/store/intents.ts'
import { Journal } from '../../src/store/journal.ts'
import { Keys } from '../../src/store/keys.ts'
import { Mirror } from '../../src/store/mirror.ts'
import { RunStore } from '../../src/store/run-store.ts'
import { SegmentDays } from '../../src/store/segment-days.ts'
import { Stays } from '../../src/store/stays.ts'
import { Transitions } from '../../src/store/transitions.ts'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { AddressGuard } from '../../src/sync/outgoing/address-guard.ts'
import { NO_RETIRED_FIELDS } from '../../src/sync/retired-fields.ts'
import { FakeAmoApi } from './fake-amo-api.ts'
import { FakeWorld } from './fake-world.ts'

export const DAY = 86_400

/** Stages of the made-up account. Pipeline 10 sells, pipeline 20 is the client base. */
export const STRUCTURE: AccountStructure = {
  timeZone: 'Europe/Moscow',
  currency: 'RUB',
  pipelines: [pipeline(10, 'Sales', [100, 101, 102]), pipeline(20, 'Client base', [200, 201, 202])],
  sources: [{ id: 77, name: 'Сайт' }],
  lossReasons: [
    { id: 1, name: 'Спам' },
    { id: 2, name: 'Дорого' },
  ],
  fields: [
    {
      entity: 'contact',
      id: 77,
      code: 'SEGMENT',
      name: 'Сегмент',
      type: 'select',
      enums: [
        { id: 771, value: 'Новый' },
        { id: 772, value: 'Разовый' },
      ],
    },
  ],
  users: [{ id: 1, name: 'Anna' }],
}

export interface TestAccount {
  readonly context: AccountContext
  readonly api: FakeAmoApi
  readonly world: FakeWorld
  readonly keys: Keys
  /** The product's clock, ms. */
  readonly clock: { now: number }
  /** The same account under another policy. */
  withPolicy(policy: PolicyInput, aggregates?: Aggregates): AccountContext
  /** The document of a client; fails when there is none. */
  doc(ref: ClientRef): Promise<ClientDoc>
  forward(seconds: number): void
}

let lastId = 0

/** An account of its own on the test Redis, with an empty world and the default policy. */
export function testAccount(redis: Redis, root: string, policy: PolicyInput = {}): TestAccount {
  const id = ++lastId
  const clock = { now: Date.UTC(2026, 8, 1, 12) }
  const keys = new Keys(root)
  const world = new FakeWorld(() => clock.now)
  const api = new FakeAmoApi(id, world, STRUCTURE, clock)
  const mirror = new Mirror(redis, keys)
  const parts = {
    id,
    record: testRecord(id),
    policyVersion: 1,
    rollout: null,
    retiredTags: new Set<string>(),
    retiredFields: NO_RETIRED_FIELDS,
    api,
    notes: new AccountNotes(redis, keys, id),
    mirror,
    journal: new Journal(redis, keys),
    echoes: new Echoes(redis, keys),
    intents: new Intents(redis, keys),
    gaps: new GapStore(redis, keys),
    transitions: new Transitions(redis, keys),
    runs: new RunStore(redis, keys),
    segmentDays: new SegmentDays(redis, keys),
    stays: new Stays(redis, keys),
    addressGuard: new AddressGuard([]),
    log: pino({ level: 'silent' }),
    clock: () => clock.now,
  }
  const noFigures = { gaps: { count: 0, quantileSeconds: null } }
  const withPolicy = (input: PolicyInput, aggregates: Aggregates = noFigures): AccountContext => {
    const parsed = policySchema.parse(input)
    return { ...parts, policy: parsed, compiled: compilePolicy(parsed, { ...STRUCTURE, id, aggregates }) }
  }
  return {
    context: withPolicy(policy),
    api,
    world,
    keys,
    clock,
    withPolicy,
    doc: async (ref) => {
      const doc = await mirror.read(id, ref)
      if (!doc) throw new Error(`no document of ${ref.kind} ${ref.id}`)
      return doc
    },
    forward: (seconds) => {
      clock.now += seconds * 1000
    },
  }
}

export function testRecord(id: number): AccountRecord {
  return {
    id,
    name: 'Test',
    host: 'test.amocrm.ru',
    subdomain: 'test',
    status: 'active',
    problem: null,
    installedAt: 1,
    hooks: 'subscribed',
  }
}

export function contact(id: number): ClientRef {
  return { kind: 'contact', id }
}

export function company(id: number): ClientRef {
  return { kind: 'company', id }
}

/** A link of a deal to its main contact. */
export function mainContact(id: number): { id: number; isMain: boolean }[] {
  return [{ id, isMain: true }]
}

function pipeline(id: number, name: string, [incoming, ...stages]: readonly number[]) {
  const open = stages.map((status, index) => ({ id: status, name: `Stage ${status}`, sort: 20 + index, type: 0 }))
  return {
    id,
    name,
    sort: id,
    isMain: id === 10,
    statuses: [
      { id: incoming ?? 0, name: 'Incoming', sort: 10, type: 1 },
      ...open,
      { id: 142, name: 'Won', sort: 1000, type: 0 },
      { id: 143, name: 'Lost', sort: 1001, type: 0 },
    ],
  }
}
