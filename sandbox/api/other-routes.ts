import type { ApiAnswer, ApiCall, Route } from './api-call.ts'
import { readBatch, throwFaults } from './item-reader.ts'
import { Problem } from './problem.ts'

/** What the account has switched off, and the one call that lives outside of version 4. */
export const otherRoutes: readonly Route[] = [
  { method: 'POST', path: '/v2/salesbot/run', handle: runSalesbot },
  ...['/v4/customers', '/v4/customers/:id', '/v4/customers/statuses', '/v4/customers/segments'].map(
    (path): Route => ({ method: 'GET', path, handle: customersAreOff }),
  ),
  { method: 'POST', path: '/v4/customers', handle: customersAreOff },
  { method: 'PATCH', path: '/v4/customers', handle: customersAreOff },
]

function customersAreOff(): ApiAnswer {
  throw new Problem(422, 'Customers are disabled in this account')
}

/** Starts a bot on a contact (1) or a deal (2); only taken down here. */
function runSalesbot(call: ApiCall): ApiAnswer {
  const readers = readBatch(call.body)
  const runs = readers.map((reader) => {
    reader.require('bot_id', 'entity_id', 'entity_type')
    const entityType = Number(reader.raw('entity_type'))
    const entityId = Number(reader.raw('entity_id'))
    if (entityType !== 1 && entityType !== 2) {
      reader.refuse('NotSupportedChoice', 'entity_type', 'The value you selected is not a valid choice.')
    }
    const card = (entityType === 1 ? call.world.contacts : call.world.leads).get(entityId)
    if (card === undefined) reader.refuse('NotFound', 'entity_id', 'Entity not found.')
    return { botId: reader.whole('bot_id') ?? 0, entityId, entityType }
  })
  throwFaults(readers)
  call.world.salesbotRuns.push(...runs)
  return { status: 202, body: { success: true } }
}
