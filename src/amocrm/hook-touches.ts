import { digestOf } from './card-state.ts'
import type { Touch } from './hook-touch.ts'

/** What a body says of one thing: `leads[add][0]...`. */
export interface HookItem {
  /** `leads`, `contacts`, `task`…; `event` for a Digital Pipeline widget hook, whose body is one thing. */
  readonly top: string
  readonly action: string
  /** By path below the item, parts joined with dots: `id`, `note.element_id`, `data.leads.0.id`. */
  readonly fields: ReadonlyMap<string, string>
}

/** First parts of the paths below an item that are looked at; a hook is mostly custom fields. */
export const FIELDS_OF_USE: ReadonlySet<string> = new Set([
  ...['id', 'type', 'element_id', 'element_type', 'entity_id', 'entity_type', 'contact_id', 'lead_id'],
  ...['note', 'note_type', 'author', 'data', 'accept_result', 'decline_result'],
  ...['status_id', 'pipeline_id', 'price', 'responsible_user_id', 'updated_at', 'last_modified', 'tags'],
])

type Kind = Touch['entity']

/** amoCRM's element types by number (webhooks) and by name (API v4). 12, customers, is not ours. */
const KINDS = new Map<string, Kind>([
  ...(['1', 'contact', 'contacts'] as const).map((name) => [name, 'contact'] as const),
  ...(['2', 'lead', 'leads'] as const).map((name) => [name, 'lead'] as const),
  ...(['3', 'company', 'companies'] as const).map((name) => [name, 'company'] as const),
])

/** Triggers of the Digital Pipeline that are themselves a client's message or call, by name and number. */
const INCOMING_EVENTS = new Set(['mail_in', 'call_in', 'chat', '16', '17', '19'])
const CALL_IN_NOTE = new Set(['10', 'call_in'])
const TAG_NAME = /^tags\.[^.]*\.name$/
const UNSORTED_ID = /^(?:data|accept_result|decline_result)\.(leads|contacts|companies)\.[^.]*(?:\.id)?$/

/** The entities that one item of a body is about. Only the presence of ids counts, so stale fields do no harm. */
export function touchesOf(item: HookItem): Touch[] {
  const { top, action, fields } = item
  switch (top) {
    case 'leads':
      if (action === 'note') return noteTouch(item, 'lead')
      return action === 'update'
        ? updateTouch(item, 'lead')
        : touch('lead', fields.get('id'), INCOMING_EVENTS.has(action))
    case 'contacts': {
      // One key for contacts and companies, told apart by `type` (amoCRM, webhooks format).
      const kind = fields.get('type') === 'company' ? 'company' : 'contact'
      return cardTouch(item, kind)
    }
    case 'companies':
      return cardTouch(item, 'company')
    case 'task':
      return elementTouch(item)
    case 'unsorted':
      return unsortedTouches(item)
    case 'message':
    case 'outgoing_message':
    case 'talk': {
      const incoming = isIncoming(item)
      return [...touch('contact', fields.get('contact_id'), incoming), ...elementTouch(item, incoming)]
    }
    case 'event':
      return eventTouch(item)
    default:
      return []
  }
}

/** A decimal positive safe integer as amoCRM writes ids, else null. */
export function entityId(value: string | undefined): number | null {
  if (value === undefined || !/^[1-9]\d{0,15}$/.test(value)) return null
  const id = Number(value)
  return Number.isSafeInteger(id) ? id : null
}

function touch(entity: Kind | undefined, value: string | undefined, incoming = false): Touch[] {
  const id = entityId(value)
  return entity === undefined || id === null ? [] : [{ entity, id, incoming }]
}

function elementTouch({ fields }: HookItem, incoming = false): Touch[] {
  const kind = KINDS.get(fields.get('element_type') ?? '') ?? KINDS.get(fields.get('entity_type') ?? '')
  return touch(kind, fields.get('element_id') ?? fields.get('entity_id'), incoming)
}

function cardTouch(item: HookItem, kind: Kind): Touch[] {
  if (item.action === 'note') return noteTouch(item, kind)
  return item.action === 'update' ? updateTouch(item, kind) : touch(kind, item.fields.get('id'))
}

/** An update may be the echo of our own write: amoCRM names no author of it that would tell (webhooks format). */
function updateTouch({ fields }: HookItem, kind: Kind): Touch[] {
  const updatedAt = entityId(fields.get('updated_at') ?? fields.get('last_modified'))
  const responsibleUserId = entityId(fields.get('responsible_user_id'))
  const [plain] = touch(kind, fields.get('id'))
  if (!plain || updatedAt === null || responsibleUserId === null) return plain ? [plain] : []
  const tags = [...fields].flatMap(([path, value]) => (TAG_NAME.test(path) ? [value] : []))
  const deal = {
    statusId: Number(fields.get('status_id')),
    pipelineId: Number(fields.get('pipeline_id')),
    price: Number(fields.get('price') ?? 0),
  }
  const digest = digestOf({ responsibleUserId, tags, ...(kind === 'lead' && deal) })
  return [{ ...plain, seen: { digest, updatedAt } }]
}

/** The note lies one level below its item; what it is attached to stands in the note itself. */
function noteTouch({ fields }: HookItem, byKey: Kind): Touch[] {
  const part = (name: string) => fields.get(`note.${name}`) ?? fields.get(name)
  const elementType = part('element_type')
  const kind = elementType === undefined ? byKey : KINDS.get(elementType)
  return touch(kind, part('element_id'), CALL_IN_NOTE.has(part('note_type') ?? ''))
}

function unsortedTouches({ fields }: HookItem): Touch[] {
  const listed = [...fields].flatMap(([path, value]) => touch(KINDS.get(UNSORTED_ID.exec(path)?.[1] ?? ''), value))
  return [...touch('lead', fields.get('lead_id')), ...listed]
}

function isIncoming({ top, fields }: HookItem): boolean {
  if (top === 'outgoing_message') return false
  return top === 'talk' || (fields.get('type') ?? 'incoming') === 'incoming'
}

/** Digital Pipeline widget hook: `event[data][id]`, with the number and name of the trigger beside. */
function eventTouch({ fields }: HookItem): Touch[] {
  const incoming = INCOMING_EVENTS.has(fields.get('type_code') ?? '') || INCOMING_EVENTS.has(fields.get('type') ?? '')
  return touch(KINDS.get(fields.get('data.element_type') ?? '2'), fields.get('data.id'), incoming)
}
