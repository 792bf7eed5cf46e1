import type { Pipeline } from '../world/account-profile.ts'
import { type FieldValues, type Lead, LOST, WON } from '../world/model.ts'
import { isClosing, type World } from '../world/world.ts'
import type { PlannedDeal } from './history.ts'
import { fieldValues, strayTags } from './make-clients.ts'
import type { Random } from './random.ts'

const DAY = 86_400
const GOODS = ['Стол обеденный', 'Кресло', 'Шкаф-купе', 'Кухня', 'Диван', 'Матрас', 'Стеллаж', 'Комод', 'Светильник']
const JUNK = /спам|дубл|неверн/i

/** What all deals of one account are made from, looked up once. */
export interface DealKit {
  readonly world: World
  readonly random: Random
  readonly pipelines: readonly Pipeline[]
  readonly reasons: { readonly plain: readonly number[]; readonly junk: readonly number[] }
  /** A few combinations, shared by all deals. */
  readonly marks: readonly (readonly FieldValues[])[]
}

export function dealKit(world: World, random: Random): DealKit {
  const marks = ['yandex', 'google', 'vk', 'email'].flatMap((source) =>
    ['cpc', 'organic'].map((medium) => [
      fieldValues(world, 'leads', 'UTM_SOURCE', [source]),
      fieldValues(world, 'leads', 'UTM_MEDIUM', [medium]),
      fieldValues(world, 'leads', 'UTM_CAMPAIGN', [`${source}-${medium}-1`]),
    ]),
  )
  const idsOf = (isJunk: boolean) =>
    world.lossReasons.filter(({ name }) => JUNK.test(name) === isJunk).map(({ id }) => id)
  return {
    world,
    random,
    pipelines: [...world.pipelines.values()],
    reasons: { plain: idsOf(false), junk: idsOf(true) },
    marks,
  }
}

/** A deal without its links. `check` is the client's usual amount. */
export function makeDeal(kit: DealKit, id: number, plan: PlannedDeal, check: number, createdAt: number): Lead {
  const { world, random } = kit
  const user = random.pick(world.users).id
  const good = random.pick(GOODS)
  const now = world.now()
  const isOpen = plan.kind === 'open'
  const touched = plan.at + Math.floor(random.exponential(isOpen ? 3 * DAY : DAY / 4))
  return {
    id,
    name: good,
    price:
      plan.kind === 'won' || random.chance(0.7) ? Math.max(100, Math.round(random.logNormal(check, 0.5) / 10) * 10) : 0,
    ...stageOf(kit, plan),
    lossReasonId: plan.kind === 'lost' ? random.pick(plan.isJunk ? kit.reasons.junk : kit.reasons.plain) : null,
    closedAt: isOpen ? null : plan.at,
    sourceId: random.chance(0.3) ? random.pick(world.sources).id : null,
    companyId: null,
    contactIds: [],
    mainContactId: null,
    responsibleUserId: user,
    createdBy: user,
    updatedBy: user,
    createdAt,
    updatedAt: Math.min(now, touched),
    isDeleted: false,
    tagIds: strayTags(world, 'leads', random),
    fields: random.chance(0.3) ? random.pick(kit.marks) : null,
  }
}

function stageOf({ random, pipelines }: DealKit, { kind }: PlannedDeal): { pipelineId: number; statusId: number } {
  const [main, repeat, base] = pipelines
  if (main === undefined || repeat === undefined || base === undefined) throw new Error('The account is not furnished')
  const usual = random.chance(0.75) ? main : repeat
  if (kind === 'won') return { pipelineId: usual.id, statusId: WON }
  if (kind === 'lost') return { pipelineId: usual.id, statusId: LOST }
  const pipeline = random.chance(0.1) ? base : usual
  const stages = pipeline.statuses.filter(({ id, type }) => !isClosing(id) && (type === 0 || pipeline !== base))
  return { pipelineId: pipeline.id, statusId: random.pick(stages).id }
}

/** When a deal was opened, seconds: some days before it was closed. */
export function openedAt(random: Random, { kind, at }: PlannedDeal): number {
  return kind === 'open' ? at : at - 600 - Math.floor(Math.min(60 * DAY, random.exponential(4 * DAY)))
}
