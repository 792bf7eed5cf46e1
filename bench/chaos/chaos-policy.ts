import type { World } from '../../sandbox/world/world.ts'
import { type Policy, policySchema } from '../../src/segmentation/policy.ts'

/** Texts of the tasks by the segment whose entry makes them. */
export const TASK_TEXTS = { sleeping: 'Вернуть клиента', regular: 'Поблагодарить клиента' } as const

export type TaskSegment = keyof typeof TASK_TEXTS

/** The default tags, a client base whose cards follow the lifecycle, and a task upon two of its segments. */
export function chaosPolicy(world: World): Policy {
  const base = [...world.pipelines.values()].find(({ name }) => name === 'База клиентов')
  if (base === undefined) throw new Error('the account has no client base')
  const stage = (name: string): number => {
    const status = base.statuses.find((one) => one.name === name)
    if (status === undefined) throw new Error(`the client base has no stage ${name}`)
    return status.id
  }
  const task = (segment: TaskSegment) => ({
    dimension: 'lifecycle' as const,
    to: [segment],
    actions: [{ id: segment, type: 'task' as const, text: TASK_TEXTS[segment] }],
  })
  return policySchema.parse({
    card: {
      pipelineId: base.id,
      statuses: {
        new: stage('Новый клиент'),
        one_time: stage('Новый клиент'),
        periodic: stage('Повторная покупка'),
        regular: stage('Постоянный клиент'),
        sleeping: stage('Спящий клиент'),
      },
    },
    actions: [task('sleeping'), task('regular')],
  })
}
