import { leadItem } from '../../sandbox/hooks/card-items.ts'
import { formEncode } from '../../sandbox/hooks/form-encode.ts'
import { createWorlds } from '../../sandbox/world/create-worlds.ts'

/** Stands in for the id in a body; as long as the ids that take its place. */
export const ID_PLACE = '77777777'

/** The body of a hook about a changed deal, as the platform sends it, with `ID_PLACE` for the deal's id. */
export function hookBody(accountId: number): string {
  const worlds = createWorlds({ accounts: [{ id: accountId, clients: 20, deals: 60 }] }, Date.now)
  const world = worlds.get(accountId)
  const lead = world?.leads.all.find(({ fields }) => fields !== null)
  if (!world || !lead) throw new Error('the generated account has no deal with custom fields')
  const item = leadItem(world, { ...lead, id: Number(ID_PLACE) })
  const { subdomain } = world.account
  return formEncode({
    account: { subdomain, id: accountId, _links: { self: `https://${subdomain}.amocrm.ru` } },
    leads: { update: [item] },
  })
}
