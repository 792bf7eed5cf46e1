import { randomUUID } from 'node:crypto'
import type { World } from '../world/world.ts'
import { createNote } from './notes.ts'
import { recordEvent } from './record-event.ts'

/** Where somebody outside of the account wrote or called: a contact, and the deal it concerns if there is one. */
export interface Incoming {
  readonly contactId: number
  readonly dealId?: number
  readonly text?: string
}

const ROBOT = { userId: 0 }

/** A message from a client in a messenger: message and talk hooks, and an event. */
export function receiveMessage(world: World, { contactId, dealId, text = 'Здравствуйте!' }: Incoming): void {
  const isNewTalk = !world.talks.has(contactId)
  const talk = world.talks.get(contactId) ?? { id: world.smallId(), chatId: randomUUID() }
  world.talks.set(contactId, talk)
  const entity =
    dealId === undefined ? ({ type: 'contact', id: contactId } as const) : ({ type: 'lead', id: dealId } as const)
  const at = world.now()
  const id = randomUUID()
  touchTalker(world, contactId, dealId)
  recordEvent(world, {
    type: 'incoming_chat_message',
    entityType: dealId === undefined ? 'contacts' : 'leads',
    entityId: entity.id,
    createdBy: 0,
    after: [{ message: { id, origin: 'telegram', talk_id: talk.id } }],
  })
  const about = { talk_id: talk.id, contact_id: contactId, chat_id: talk.chatId, origin: 'telegram' }
  world.announce({
    settings: ['add_message'],
    key: 'message',
    action: 'add',
    entityId: contactId,
    item: () => ({
      id,
      ...about,
      text,
      created_at: at,
      message_type: 'text',
      element_type: dealId === undefined ? 1 : 2,
      entity_type: entity.type,
      element_id: entity.id,
      entity_id: entity.id,
      type: 'incoming',
      author: { id: randomUUID(), type: 'external', name: world.contacts.get(contactId)?.name },
    }),
  })
  const action = isNewTalk ? 'add' : 'update'
  world.announce({
    settings: [`${action}_talk`],
    key: 'talk',
    action,
    entityId: contactId,
    item: () => ({
      ...about,
      created_at: at,
      updated_at: at,
      rate: 0,
      entity_id: entity.id,
      entity_type: entity.type,
      is_in_work: true,
      is_read: false,
    }),
  })
}

/** A call from a client, as telephony records it: a note `call_in` with its event and hook. */
export function receiveCall(world: World, { contactId, dealId }: Incoming): number {
  touchTalker(world, contactId, dealId)
  const entity =
    dealId === undefined
      ? ({ entityType: 'contacts', entityId: contactId } as const)
      : ({ entityType: 'leads', entityId: dealId } as const)
  const params = { uniq: randomUUID(), duration: 60, source: 'sip', phone: '+70000000000', call_status: 4 }
  return createNote(world, { ...entity, noteType: 'call_in', params }, ROBOT).id
}

function touchTalker(world: World, contactId: number, dealId: number | undefined): void {
  if (!world.doubts.talkTouches) return
  world.contacts.touch(contactId, world.now())
  if (dealId !== undefined) world.leads.touch(dealId, world.now())
}
