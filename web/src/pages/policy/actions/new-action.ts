import type { ActionType, EntryAction } from '../policy-types.ts'

export const ACTION_TYPES = ['task', 'note', 'field', 'salesbot', 'webhook'] as const satisfies readonly ActionType[]

/** An id no other action of the policy has: the kind and the first free number. */
const freeId = (type: ActionType, taken: readonly string[]): string => {
  for (let number = 1; ; number++) {
    const id = `${type}_${number}`
    if (!taken.includes(id)) return id
  }
}

/** An action to begin with; what has to be filled in is empty. */
export const newAction = (type: ActionType, taken: readonly string[], text: string): EntryAction => {
  const common = { id: freeId(type, taken), coolDownDays: 0, duringBackfill: false }
  switch (type) {
    case 'task':
      return { ...common, type, on: 'client', text, taskTypeId: null, dueInHours: 24, responsibleUserId: null }
    case 'note':
      return { ...common, type, on: 'client', text }
    case 'field':
      return { ...common, type, on: 'client', field: '', value: '' }
    case 'salesbot':
      return { ...common, type, on: 'client', botId: Number.NaN }
    case 'webhook':
      return { ...common, type, url: 'https://' }
  }
}

/** Another kind of action in the place of one: its id and how often it may fire stay. */
export const withType = (before: EntryAction, type: ActionType, text: string): EntryAction => {
  const { id, coolDownDays, duringBackfill } = before
  const kept = 'text' in before ? before.text : text
  const on = 'on' in before ? { on: before.on } : {}
  const made = newAction(type, [], kept)
  return { ...made, id, coolDownDays, duringBackfill, ...('on' in made ? on : {}) }
}
