import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts'
import { checkFinalState } from '../../sandbox/demo/check-final-state.ts'
import { HandRecords } from '../../sandbox/demo/hand-records.ts'
import { WorldJudge } from '../../sandbox/demo/world-judge.ts'
import { WorldWatch } from '../../sandbox/demo/world-watch.ts'
import { pastOf } from './support/change.ts'

let sandbox: Sandbox
let records: HandRecords
let judge: WorldJudge

beforeEach(async () => {
  sandbox = await createSandbox({ clients: 0 })
})
afterEach(() => sandbox.close())

const judged = (): void => {
  records = new HandRecords(sandbox.world)
  judge = new WorldJudge(sandbox.world, records)
}
const faults = async (): Promise<string[]> => {
  const { world } = sandbox
  const { differences } = await checkFinalState({ world, judge, records, watch: new WorldWatch(world) })
  return differences.map(({ entity, rule, expected, found }) => `${entity} ${rule}: ${expected} | ${found}`)
}
/** What a service does, right or wrong: no hand of the account's people. */
const service = () => sandbox.world.actions
/** What they do. */
const staff = () => records.watched(sandbox.world.actions)

describe('the recomputation of the final state', () => {
  it('finds missing and superfluous tags of segments on a client and his open deal', async () => {
    const { contact, open } = pastOf(sandbox.world)
    const id = contact()
    const dealId = open(id)
    judged()
    service().setTags({ entityType: 'contacts', id, add: ['Новый', 'Тёплый', 'В работе', 'Спящий'] })
    service().setTags({ entityType: 'leads', id: dealId, add: ['Новый', 'Тёплый'] })
    expect(await faults()).toEqual([
      'contacts segment tags: В работе, Новый, Тёплый | В работе, Новый, Спящий, Тёплый',
      'leads segment tags: В работе, Новый, Тёплый | Новый, Тёплый',
    ])
  })

  it('finds a foreign tag that was taken off or put on, unless people did it', async () => {
    const id = pastOf(sandbox.world).contact(['VIP'])
    judged()
    service().setTags({ entityType: 'contacts', id, add: ['Новый', 'Холодный'], remove: ['VIP'] })
    expect(await faults()).toEqual(['contacts foreign tags: VIP | none'])
    staff().setTags({ entityType: 'contacts', id, add: ['Опт'] })
    expect(await faults()).toEqual([])
    service().setTags({ entityType: 'contacts', id, add: ['Чужой'] })
    expect(await faults()).toEqual(['contacts foreign tags: Опт | Опт, Чужой'])
  })

  it('finds a closed deal, a frozen client and a deleted card that were written to', async () => {
    const { contact, open } = pastOf(sandbox.world)
    const [frozen, deleted] = [contact(['стоп-сегмент']), contact()]
    const [closed, kept] = [open(frozen), open(frozen)]
    judged()
    staff().winDeal({ dealId: closed })
    service().setTags({ entityType: 'contacts', id: deleted, add: ['Новый', 'Холодный'] })
    staff().remove({ entityType: 'contacts', id: deleted })
    expect(await faults()).toEqual([])

    service().setTags({ entityType: 'leads', id: closed, add: ['Горячий'] })
    service().setTags({ entityType: 'leads', id: kept, add: ['Горячий'] })
    service().restore({ entityType: 'contacts', id: deleted })
    service().setTags({ entityType: 'contacts', id: deleted, remove: ['Новый'] })
    service().remove({ entityType: 'contacts', id: deleted })
    expect(await faults()).toEqual([
      'leads frozen: none | Горячий',
      'leads closed deal: none | Горячий',
      'contacts deleted: Новый, Холодный | Холодный',
    ])
  })

  it('finds tags of ours on a company that is no client, and a foreign tag gone from nobody’s deal', async () => {
    const { company } = pastOf(sandbox.world)
    const id = company()
    const dealId = sandbox.world.actions.createDeal({ tags: ['Выставка'] })
    judged()
    service().setTags({ entityType: 'companies', id, add: ['Новый'] })
    service().setTags({ entityType: 'leads', id: dealId, remove: ['Выставка'] })
    expect(await faults()).toEqual(['companies not a client: none | Новый', 'leads foreign tags: Выставка | '])
  })
})
