import { type Change, companyHas, contactHas, dealHas, pastOf } from './change.ts'

/** What happens to deals and their links. */
export const DEAL_CHANGES: readonly Change[] = [
  {
    name: 'a first purchase',
    prepare: (world) => {
      const { contact, open } = pastOf(world)
      const id = contact()
      const dealId = open(id)
      return {
        act: (staff) => {
          staff.winDeal({ dealId })
          // The deal keeps the tags it was closed with.
          return [contactHas(id, 'Горячий', 'Разовый'), dealHas(dealId, 'В работе', 'Новый', 'Тёплый')]
        },
      }
    },
  },
  {
    name: 'a third purchase within a year, with another deal open',
    prepare: (world) => {
      const { contact, won, open } = pastOf(world)
      const id = contact()
      won(id, 300)
      won(id, 20)
      const dealId = open(id)
      const other = open(id)
      return {
        act: (staff) => {
          staff.winDeal({ dealId })
          return [contactHas(id, 'Горячий', 'Постоянный'), dealHas(other, 'Горячий', 'Постоянный')]
        },
      }
    },
  },
  {
    name: 'a deal lost as junk',
    prepare: (world) => {
      const { contact, open, reason } = pastOf(world)
      const id = contact()
      const dealId = open(id)
      return {
        act: (staff) => {
          staff.loseDeal({ dealId, lossReasonId: reason('Спам') })
          return [contactHas(id, 'Некачественный', 'Новый', 'Холодный')]
        },
      }
    },
  },
  {
    name: 'a deal lost by refusal',
    prepare: (world) => {
      const { contact, open, reason } = pastOf(world)
      const id = contact()
      const dealId = open(id)
      return {
        act: (staff) => {
          staff.loseDeal({ dealId, lossReasonId: reason('Слишком дорого') })
          return [contactHas(id, 'Новый', 'Отказник', 'Тёплый')]
        },
      }
    },
  },
  {
    name: 'a won deal reopened',
    prepare: (world) => {
      const { contact, won, talks } = pastOf(world)
      const id = contact()
      const dealId = won(id, 3)
      return {
        act: (staff) => {
          staff.reopenDeal({ dealId, statusId: talks })
          const tags = ['В работе', 'Новый', 'Тёплый']
          return [contactHas(id, ...tags), dealHas(dealId, ...tags)]
        },
      }
    },
  },
  {
    name: 'a new deal of a client whose last deals were long ago',
    prepare: (world) => {
      const { contact, won, first } = pastOf(world)
      const id = contact()
      won(id, 120)
      return {
        act: (staff) => {
          const dealId = staff.createDeal({ contactId: id, statusId: first })
          return [contactHas(id, 'Спящий', 'Тёплый'), dealHas(dealId, 'Спящий', 'Тёплый')]
        },
      }
    },
  },
  {
    name: 'the only won deal deleted',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const id = contact()
      const dealId = won(id, 3)
      return {
        act: (staff) => {
          staff.remove({ entityType: 'leads', id: dealId })
          return [contactHas(id, 'Новый', 'Холодный')]
        },
      }
    },
  },
  {
    name: 'a deleted won deal restored',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const id = contact()
      const dealId = won(id, 3)
      world.actions.remove({ entityType: 'leads', id: dealId })
      return {
        act: (staff) => {
          staff.restore({ entityType: 'leads', id: dealId })
          return [contactHas(id, 'Горячий', 'Разовый')]
        },
      }
    },
  },
  {
    name: 'a deal unlinked from its only contact: nobody’s',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const id = contact()
      const dealId = won(id, 3)
      return {
        act: (staff) => {
          staff.unlinkContact({ dealId, contactId: id })
          return [contactHas(id, 'Новый', 'Холодный')]
        },
      }
    },
  },
  {
    name: 'nobody’s won deal linked to a contact',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const former = contact()
      const id = contact()
      const dealId = won(former, 3)
      world.actions.unlinkContact({ dealId, contactId: former })
      return {
        act: (staff) => {
          staff.linkContact({ dealId, contactId: id, main: true })
          return [contactHas(id, 'Горячий', 'Разовый')]
        },
      }
    },
  },
  {
    name: 'a deal unlinked from its contact falls to its company',
    prepare: (world) => {
      const { contact, company, open, talks } = pastOf(world)
      const [id, companyId] = [contact(), company()]
      const dealId = open(id, talks)
      world.actions.linkCompany({ dealId, companyId })
      return {
        act: (staff) => {
          staff.unlinkContact({ dealId, contactId: id })
          const tags = ['В работе', 'Новый', 'Тёплый']
          return [contactHas(id, 'Новый', 'Холодный'), companyHas(companyId, ...tags), dealHas(dealId, ...tags)]
        },
      }
    },
  },
  {
    name: 'a company’s deal given to a contact: the company is no client any more',
    prepare: (world) => {
      const { contact, company, first } = pastOf(world)
      const [id, companyId] = [contact(), company()]
      const dealId = world.actions.createDeal({ companyId, statusId: first })
      return {
        act: (staff) => {
          staff.linkContact({ dealId, contactId: id, main: true })
          const tags = ['В работе', 'Новый', 'Холодный']
          return [companyHas(companyId), contactHas(id, ...tags), dealHas(dealId, ...tags)]
        },
      }
    },
  },
  {
    name: 'a company’s first purchase',
    prepare: (world) => {
      const { company, talks } = pastOf(world)
      const companyId = company()
      const dealId = world.actions.createDeal({ companyId, statusId: talks })
      return {
        act: (staff) => {
          staff.winDeal({ dealId })
          return [companyHas(companyId, 'Горячий', 'Разовый')]
        },
      }
    },
  },
  {
    name: 'a new deal without contact and company is left alone',
    prepare: (world) => {
      const { contact } = pastOf(world)
      const id = contact()
      return {
        act: (staff) => {
          const dealId = staff.createDeal({ name: 'Ничья' })
          staff.createDeal({ contactId: id })
          return [dealHas(dealId), contactHas(id, 'В работе', 'Новый', 'Холодный')]
        },
      }
    },
  },
  {
    name: 'another main contact',
    prepare: (world) => {
      const { contact, won } = pastOf(world)
      const [id, other] = [contact(), contact()]
      const dealId = won(id, 3)
      world.actions.linkContact({ dealId, contactId: other })
      return {
        act: (staff) => {
          staff.setMainContact({ dealId, contactId: other })
          return [contactHas(id, 'Новый', 'Холодный'), contactHas(other, 'Горячий', 'Разовый')]
        },
      }
    },
  },
]
