import type { ClientRef } from '../../src/segmentation/verdict.ts'
import type { AccountWorld } from '../world/create-worlds.ts'
import { LOST, WON } from '../world/model.ts'
import { isClosing } from '../world/world.ts'

/** A client the sales day plays with, and the deal it is about. */
export interface Player {
  readonly ref: ClientRef
  readonly name: string
  readonly dealId: number
}

/** The clients of the sales day, each with the past his part asks for. They live among the generated ones. */
export type Cast = ReturnType<typeof castClients>

const DAY = 86_400

/** Puts the players into the account, before the service is installed: the backfill has to find them. */
export function castClients(world: AccountWorld) {
  const { actions } = world
  const now = world.now()
  const [first, talks] = world.mainPipeline.statuses.filter(({ id, type }) => type === 0 && !isClosing(id))
  if (first === undefined || talks === undefined) throw new Error('The main pipeline needs two stages at least')
  let phones = 0

  const client = (name: string, more: { readonly tags?: readonly string[] } = {}): number =>
    actions.createContact({
      name,
      phone: `+7999000${String(++phones).padStart(4, '0')}`,
      createdAt: now - DAY,
      ...more,
    })
  const player = (name: string, contactId: number, dealId: number): Player => ({
    ref: { kind: 'contact', id: contactId },
    name,
    dealId,
  })
  const bought = (contactId: number, daysAgo: number, price: number): number => {
    const at = now - Math.round(daysAgo * DAY)
    return actions.createDeal({ contactId, price, statusId: WON, closedAt: at, createdAt: at - DAY, updatedAt: at })
  }
  const open = (contactId: number, price: number, statusId = talks.id, tags: readonly string[] = []): number =>
    actions.createDeal({ contactId, price, statusId, tags })
  const withOpenDeal = (name: string, price: number): Player => {
    const id = client(name)
    return player(name, id, open(id, price))
  }
  const withPurchases = (name: string, ...daysAgo: number[]): Player => {
    const id = client(name)
    const deals = daysAgo.map((days) => bought(id, days, 7_500))
    return player(name, id, deals[0] ?? 0)
  }
  const third = (): Player => {
    const id = client('Олег Самойлов')
    for (const days of [200, 45]) bought(id, days, 12_000)
    return player('Олег Самойлов', id, open(id, 15_000))
  }
  const tagged = (): Player => {
    const id = client('Зоя Крылова', { tags: ['VIP', 'Чат-бот'] })
    return player('Зоя Крылова', id, open(id, 4_000, talks.id, ['Выставка']))
  }
  const pair = (): { readonly seller: Player; readonly other: Player } => {
    const seller = withPurchases('Борис Ли', 12)
    const other = player('Марта Ли', client('Марта Ли'), seller.dealId)
    actions.linkContact({ dealId: seller.dealId, contactId: other.ref.id })
    return { seller, other }
  }

  return {
    firstBuyer: withOpenDeal('Вера Лебедева', 9_900),
    thirdBuyer: third(),
    spammer: withOpenDeal('Нина Белова', 0),
    refuser: withOpenDeal('Павел Носов', 30_000),
    winner: withPurchases('Анна Котова', 30),
    duplicate: withPurchases('Аня Котова', 100),
    returner: withPurchases('Кирилл Дорохов', 5),
    sleeper: withPurchases('Тимур Ахметов', 400),
    writer: player('Ирина Гущина', client('Ирина Гущина'), 0),
    pair: pair(),
    restorer: withPurchases('Денис Ершов', 20),
    tagged: tagged(),
    frozen: withOpenDeal('Лариса Юдина', 5_500),
    doubled: withOpenDeal('Егор Титов', 2_300),
    firstStage: first.id,
    talksStage: talks.id,
    junkReason: world.lossReasons.find(({ name }) => name === 'Спам')?.id,
    refusalReason: world.lossReasons.find(({ name }) => name === 'Слишком дорого')?.id,
    lost: LOST,
  }
}
