import type { MergeOrder } from '../../../sandbox/changes/merge-contacts.ts'
import { type Change, contactHas, dealHas, pastOf } from './change.ts'

const STOP = 'стоп-сегмент'

/** What happens to the clients themselves. */
export const CLIENT_CHANGES: readonly Change[] = [
  merge('update_first'),
  merge('delete_first'),
  {
    name: 'a contact deleted: his deal falls to the other contact',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const [id, other] = [contact(), contact()]
      const dealId = won(id, 3)
      world.actions.linkContact({ dealId, contactId: other })
      return {
        act: (staff) => {
          staff.remove({ entityType: 'contacts', id })
          return [contactHas(other, 'Горячий', 'Разовый')]
        },
      }
    },
  },
  {
    name: 'a deleted contact restored',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const id = contact()
      won(id, 3)
      world.actions.remove({ entityType: 'contacts', id })
      return {
        act: (staff) => {
          staff.restore({ entityType: 'contacts', id })
          return [contactHas(id, 'Горячий', 'Разовый')]
        },
      }
    },
  },
  {
    name: 'a message from a cold client',
    prepare: (world) => {
      const id = pastOf(world).contact()
      return {
        act: (staff) => {
          staff.incomingMessage({ contactId: id })
          return [contactHas(id, 'Новый', 'Тёплый')]
        },
      }
    },
  },
  {
    name: 'a call from a cold client',
    prepare: (world) => {
      const { contact, open, first } = pastOf(world)
      const id = contact()
      const dealId = open(id, first)
      return {
        act: (staff) => {
          staff.incomingCall({ contactId: id, dealId })
          const tags = ['В работе', 'Новый', 'Тёплый']
          return [contactHas(id, ...tags), dealHas(dealId, ...tags)]
        },
      }
    },
  },
  {
    name: 'the last way to reach a client removed',
    prepare: (world) => {
      const id = pastOf(world).contact()
      return {
        act: (staff) => {
          staff.changePhone({ contactId: id, phone: null })
          return [contactHas(id, 'Некачественный', 'Новый', 'Холодный')]
        },
      }
    },
  },
  {
    name: 'an e-mail entered for a client nobody could reach',
    prepare: (world) => {
      const id = pastOf(world).contact()
      world.actions.changePhone({ contactId: id, phone: null })
      return {
        act: (staff) => {
          staff.changeEmail({ contactId: id, email: 'client@example.test' })
          return [contactHas(id, 'Новый', 'Холодный')]
        },
      }
    },
  },
  {
    name: 'a new client',
    prepare: () => ({
      act: (staff) => [
        contactHas(staff.createContact({ name: 'Новичок', email: 'n@example.test' }), 'Новый', 'Холодный'),
      ],
    }),
  },
  {
    name: 'a tag of ours taken off by hand comes back',
    prepare: (world) => {
      const id = pastOf(world).contact(['VIP'])
      return {
        act: (staff) => {
          staff.setTags({ entityType: 'contacts', id, remove: ['Новый', 'VIP'], add: ['Опт'] })
          return [contactHas(id, 'Новый', 'Холодный')]
        },
      }
    },
  },
  {
    name: 'a wrong tag of ours set by hand goes',
    prepare: (world) => {
      const { contact, open } = pastOf(world)
      const id = contact()
      const dealId = open(id)
      return {
        act: (staff) => {
          staff.setTags({ entityType: 'leads', id: dealId, add: ['Постоянный', 'Срочно'] })
          return [dealHas(dealId, 'В работе', 'Новый', 'Тёплый')]
        },
      }
    },
  },
  {
    name: 'a frozen client, whatever happens to him',
    prepare: (world) => {
      const { contact, open } = pastOf(world)
      const id = contact()
      const dealId = open(id)
      const other = open(id)
      return {
        act: (staff) => {
          staff.setTags({ entityType: 'contacts', id, add: [STOP] })
          staff.winDeal({ dealId })
          const asBefore = ['В работе', 'Новый', 'Тёплый']
          return [contactHas(id, ...asBefore), dealHas(other, ...asBefore)]
        },
      }
    },
  },
  {
    name: 'a frozen client set free',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const id = contact([STOP, 'VIP'])
      won(id, 3)
      return {
        act: (staff) => {
          staff.setTags({ entityType: 'contacts', id, remove: [STOP] })
          return [contactHas(id, 'Горячий', 'Разовый')]
        },
      }
    },
  },
]

function merge(order: MergeOrder): Change {
  return {
    name: `a merge of two clients, hooks ${order}`,
    prepare: (world) => {
      const { contact, won, open } = pastOf(world)
      const [winnerId, loserId] = [contact(['VIP']), contact(['Опт'])]
      won(winnerId, 10)
      won(loserId, 40)
      const dealId = open(loserId)
      return {
        act: (staff) => {
          staff.mergeContacts({ winnerId, loserId, order })
          const tags = ['Горячий', 'Периодический']
          return [contactHas(winnerId, ...tags), dealHas(dealId, ...tags)]
        },
      }
    },
  }
}
