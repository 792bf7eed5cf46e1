import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Office } from '../../sync/queries/office.ts'

export type BoardOffice = Pick<Office, 'accounts' | 'queues'>

/** A board of all accounts' queues, and how it is kept up with them. */
export interface QueueBoard {
  readonly app: FastifyInstance
  /** Shows the queues of the accounts that are installed now. */
  refresh(): Promise<void>
}

const POLL_SECONDS = 10

/** Bull-board in a server of its own that never listens: it is asked by whoever checked who asks. It changes nothing. */
export const buildQueueBoard = async (office: BoardOffice, basePath: string): Promise<QueueBoard> => {
  const serverAdapter = new FastifyAdapter().setBasePath(basePath)
  const { replaceQueues } = createBullBoard({
    queues: [],
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'amo-segments',
        hideDocsLink: true,
        pollingInterval: { forceInterval: POLL_SECONDS },
      },
    },
  })
  const app = Fastify({ logger: false })
  await app.register(serverAdapter.registerPlugin(), { prefix: basePath })
  await app.ready()
  const refresh = async () => {
    const records = await office.accounts.list()
    replaceQueues(
      records.map(({ id, name, host }) => {
        const options = { readOnlyMode: true, displayName: `${id} ${host}`, description: name }
        return new BullMQAdapter(office.queues.of(id), options)
      }),
    )
  }
  return { app, refresh }
}
