import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { act } from '../../src/sync/act.ts'
import { look } from '../../src/sync/look.ts'
import { type ReconcileOptions, reconcile } from '../../src/sync/reconcile.ts'
import { contact, DAY, mainContact, type TestAccount, testAccount } from './test-context.ts'

export type EntryActions = NonNullable<PolicyInput['actions']>[number]['actions']

/** An account whose policy does something when a client buys, and Anna, who is about to. */
export class ActionStage {
  readonly anna = contact(1)
  readonly account: TestAccount
  /** Addresses that outgoing webhooks went to. */
  readonly sent: string[] = []

  constructor(redis: Redis, root: string, ...actions: EntryActions) {
    const policy: PolicyInput = { actions: [{ dimension: 'lifecycle', to: ['one_time', 'periodic'], actions }] }
    this.account = testAccount(redis, root, policy)
    this.account.world.addContact(1, { responsibleUserId: 7 })
    this.account.world.addLead(17, { contacts: mainContact(1) })
  }

  get api() {
    return this.account.api
  }

  get world() {
    return this.account.world
  }

  lookAt(id: number) {
    return look(this.account.context, { entity: 'lead', id, incoming: false })
  }

  lookAtAnna() {
    return look(this.account.context, { entity: 'contact', id: 1, incoming: false })
  }

  /** Decides for Anna; answers what is intended. */
  async settle(options: Partial<ReconcileOptions> = {}): Promise<readonly string[]> {
    const live = { priority: 'live', run: 'live', breaker: null } as const
    const result = await reconcile(this.account.context, this.anna, { ...live, ...options })
    if (result.type !== 'settled') throw new Error(`not settled: ${result.type}`)
    return result.intents
  }

  /** A first look at Anna, before she buys; then she does. Answers what is intended. */
  async buy(options: Partial<ReconcileOptions> = {}): Promise<readonly string[]> {
    await this.lookAt(17)
    await this.settle()
    this.world.win(17)
    await this.lookAt(17)
    return this.settle(options)
  }

  /** She buys again, on another day. */
  async buyAgain(id: number): Promise<readonly string[]> {
    this.account.forward(2 * DAY)
    this.world.addLead(id, { contacts: mainContact(1), statusId: 142, closedAt: this.world.now })
    await this.lookAt(id)
    return this.settle()
  }

  /** Carries out the one action that is intended. */
  doOnly(keys: readonly string[]): Promise<boolean> {
    return this.doIt(only(keys))
  }

  doIt(key: string): Promise<boolean> {
    return act(this.account.context, key, async (_id, url) => {
      this.sent.push(url)
      return 'webhook 200'
    })
  }

  openIntents(): Promise<string[]> {
    return this.account.context.intents.open(this.account.context.id, 100)
  }

  /** What stands in the journal as made, newest first. */
  async made(): Promise<string[]> {
    const all: string[] = []
    for await (const some of this.account.context.journal.actionsOf(this.account.context.id, null)) {
      all.push(...some.map((one) => `${one.run}: ${one.made}`))
    }
    return all
  }
}

export function only(keys: readonly string[]): string {
  expect(keys).toHaveLength(1)
  return keys[0] ?? ''
}
