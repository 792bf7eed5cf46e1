import { lookJob } from '../../../../src/sync/job-catalog.ts'
import { DAY, mainContact } from '../../../support/test-context.ts'
import type { ApiTest } from './api-test.ts'

/**
 * Five clients, decided: 1 never bought and has an open deal, 2 bought once, 3 twice within a month, 4 bought for the
 * last time 200 days ago, 5 lost his only deal.
 */
export const addClients = async ({ mine }: ApiTest): Promise<void> => {
  const { world } = mine
  const won = (id: number, owner: number, daysAgo: number, price: number) => {
    const closedAt = world.now - daysAgo * DAY
    world.addLead(id, { contacts: mainContact(owner), statusId: 142, closedAt, createdAt: closedAt, price })
  }
  for (const id of [1, 2, 3, 4, 5]) world.addContact(id, { responsibleUserId: id % 2 === 0 ? 2 : 1 })
  world.addLead(100, { contacts: mainContact(1) })
  won(200, 2, 10, 5_000)
  won(300, 3, 40, 1_000)
  won(301, 3, 20, 2_500)
  won(400, 4, 200, 9_000)
  world.addLead(500, { contacts: mainContact(5), statusId: 143, closedAt: world.now - DAY, lossReasonId: 2 })
  await lookAt(mine, [1, 2, 3, 4, 5])
}

/** Has contacts, and deals, looked at, and waits until all that follows is done. */
export const lookAt = async (
  office: ApiTest['mine'],
  contacts: readonly number[],
  leads: readonly number[] = [],
): Promise<void> => {
  const worker = office.openWorker()
  await office.queues.add(office.context.id, [
    ...contacts.map((id) => lookJob({ entity: 'contact', id, incoming: false })),
    ...leads.map((id) => lookJob({ entity: 'lead', id, incoming: false })),
  ])
  await office.idle()
  await worker.close()
}
