const actions = (entity: string, names: readonly string[]): string[] => names.map((name) => `${name}_${entity}`)

const CARD = ['add', 'update', 'delete', 'restore', 'responsible', 'note']

/** Names of events a webhook subscription may list. Platform: subscription API. */
export const HOOK_SETTINGS: ReadonlySet<string> = new Set([
  ...actions('lead', [...CARD, 'status']),
  ...actions('contact', CARD),
  ...actions('company', CARD),
  ...actions('customer', ['add', 'update', 'delete', 'responsible', 'note']),
  ...actions('task', ['add', 'update', 'delete', 'responsible']),
  ...actions('talk', ['add', 'update']),
  ...actions('unsorted', ['add', 'update', 'delete']),
  'add_message',
  'add_chat_template_review',
])
