import type { AmoEvent, Contact, Note } from '../world/model.ts'
import type { World } from '../world/world.ts'
import type { Random } from './random.ts'

/** Records that some clients wrote or called once: notes of calls, and events of both. */
export function makeConversations(world: World, random: Random, contacts: readonly Contact[]): void {
  const notes: Note[] = []
  const events: AmoEvent[] = []
  const now = world.now()
  for (const contact of contacts) {
    const kind = random.next()
    if (kind >= 0.16) continue
    const at = contact.createdAt + Math.floor(random.next() * (now - contact.createdAt))
    const about = { entityType: 'contact', entityId: contact.id, createdBy: 0, createdAt: at, valueBefore: [] } as const
    const id = `01${random.hex(24)}`
    if (kind < 0.08) {
      const note = callNote(world.nextId(), contact, at, random)
      notes.push(note)
      events.push({ id, type: 'incoming_call', ...about, valueAfter: [{ note: { id: note.id } }] })
    } else {
      const message = { id: random.hex(32), origin: 'telegram', talk_id: world.smallId() }
      events.push({ id, type: 'incoming_chat_message', ...about, valueAfter: [{ message }] })
    }
  }
  world.notes.addAll(notes)
  world.events.push(...events.sort((a, b) => a.createdAt - b.createdAt))
}

function callNote(id: number, contact: Contact, at: number, random: Random): Note {
  return {
    id,
    createdAt: at,
    updatedAt: at,
    isDeleted: false,
    createdBy: 0,
    updatedBy: 0,
    responsibleUserId: contact.responsibleUserId,
    entityType: 'contacts',
    entityId: contact.id,
    noteType: 'call_in',
    params: { uniq: random.hex(16), duration: random.int(10, 600), source: 'sip', phone: '+70000000000' },
  }
}
