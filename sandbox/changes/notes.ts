import type { HookFields } from '../hooks/form-encode.ts'
import type { EntityType, Note } from '../world/model.ts'
import type { World } from '../world/world.ts'
import type { Actor } from './patch.ts'
import { ENTITY_NAME, recordEvent } from './record-event.ts'

/** Kinds of notes the API takes, with the number webhooks show. */
export const NOTE_TYPES: ReadonlyMap<string, number> = new Map([
  ['common', 4],
  ['attachment', 5],
  ['call_in', 10],
  ['call_out', 11],
  ['service_message', 25],
  ['extended_service_message', 66],
  ['message_cashier', 25],
  ['invoice_paid', 25],
  ['geolocation', 76],
  ['sms_in', 102],
  ['sms_out', 103],
])

const EVENT_OF_NOTE: Readonly<Record<string, string>> = {
  common: 'common_note_added',
  attachment: 'attachment_note_added',
  call_in: 'incoming_call',
  call_out: 'outgoing_call',
  service_message: 'service_note_added',
  extended_service_message: 'service_note_added',
  geolocation: 'geo_note_added',
  sms_in: 'incoming_sms',
  sms_out: 'outgoing_sms',
}

export interface NoteDraft {
  readonly entityType: EntityType
  readonly entityId: number
  readonly noteType: string
  readonly params: Readonly<Record<string, unknown>>
  readonly responsibleUserId?: number
  /** Seconds; default: now. */
  readonly createdAt?: number
}

/** Adds a note with its event and tells of it. The card itself is not changed by a note. */
export function createNote(world: World, draft: NoteDraft, actor: Actor): Note {
  const at = draft.createdAt ?? world.now()
  const note: Note = {
    id: world.nextId(),
    createdAt: at,
    updatedAt: at,
    isDeleted: false,
    createdBy: actor.userId,
    updatedBy: actor.userId,
    responsibleUserId: draft.responsibleUserId ?? actor.userId,
    entityType: draft.entityType,
    entityId: draft.entityId,
    noteType: draft.noteType,
    params: draft.params,
  }
  world.notes.add(note)
  const type = EVENT_OF_NOTE[note.noteType]
  if (type !== undefined) {
    const { entityType, entityId } = note
    recordEvent(world, { type, entityType, entityId, createdBy: actor.userId, after: [{ note: { id: note.id } }], at })
  }
  announceNote(world, note)
  return note
}

const ELEMENT_TYPES = { contacts: 1, leads: 2, companies: 3 } as const

function announceNote(world: World, note: Note): void {
  const name = ENTITY_NAME[note.entityType]
  world.announce({
    settings: [`note_${name}`],
    key: note.entityType === 'leads' ? 'leads' : 'contacts',
    action: 'note',
    entityId: note.entityId,
    item: () => (note.entityType === 'leads' ? noteItem(world, note) : { ...noteItem(world, note), type: name }),
  })
}

function noteItem(world: World, note: Note): HookFields {
  const text = typeof note.params.text === 'string' ? note.params.text : JSON.stringify(note.params)
  return {
    note: {
      text,
      attachement: '',
      date_create: textDate(note.createdAt),
      note_type: NOTE_TYPES.get(note.noteType) ?? 4,
      element_type: ELEMENT_TYPES[note.entityType],
      element_id: note.entityId,
      catalog_id: 0,
      group_id: 0,
      timestamp_x: textDate(note.updatedAt),
      account_id: world.account.id,
      metadata: JSON.stringify({ event_source: { id: note.createdBy, type: 1 } }),
      created_by: note.createdBy,
      modified_by: note.updatedBy,
      main_user_id: note.responsibleUserId,
      id: note.id,
      created_at: note.createdAt,
      updated_at: note.updatedAt,
    },
  }
}

const MOSCOW_SECONDS = 3 * 3600

/** `Y-m-d H:i:s`; note hooks show Moscow time, unlike task hooks. */
function textDate(seconds: number): string {
  return new Date((seconds + MOSCOW_SECONDS) * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
