import type { Pipeline, Status } from './account-profile.ts'
import { LOST, WON } from './model.ts'
import type { World } from './world.ts'

const COLORS = ['#fffeb2', '#ffdc7f', '#c1e0ff', '#deff81', '#f3beff']

/**
 * Gives an empty account what every working account has: users, pipelines (a main one, one of repeat sales, one as the
 * client base), loss reasons with some junk among them, sources, and the usual custom fields.
 */
export function furnish(world: World): void {
  addUsers(world)
  addPipeline(world, 'Продажи', true, ['Первичный контакт', 'Переговоры', 'Счёт выставлен', 'Ожидаем оплату'])
  addPipeline(world, 'Повторные продажи', false, ['Заявка', 'Согласование', 'Сборка заказа'])
  addPipeline(world, 'База клиентов', false, [
    'Новый клиент',
    'Повторная покупка',
    'Постоянный клиент',
    'Спящий клиент',
  ])
  const reasons = ['Слишком дорого', 'Пропала потребность', 'Купили у другого', 'Не устроили сроки', 'Не отвечает']
  const junk = ['Спам', 'Дубль', 'Неверный номер']
  for (const name of [...reasons, ...junk]) world.lossReasons.push({ id: world.smallId(), name })
  for (const [name, externalId] of [
    ['Сайт', 'site'],
    ['WhatsApp', 'whatsapp'],
    ['Телефония', 'sip'],
  ] as const) {
    world.sources.push({ id: world.smallId(), name, externalId })
  }
  addFields(world)
}

function addUsers(world: World): void {
  const names = ['Анна Владимирова', 'Игорь Мельников', 'Светлана Орлова', 'Павел Черных', 'Ольга Зимина']
  names.forEach((name, at) => {
    world.users.push({ id: 7_000_000 + world.smallId(), name, email: `user${at + 1}@example.test`, isAdmin: at === 0 })
  })
}

/** Adds a pipeline with the incoming stage, the named ones, and the two closing ones. */
export function addPipeline(world: World, name: string, isMain: boolean, stages: readonly string[]): Pipeline {
  const open = stages.map(
    (stage, at): Status => ({
      id: world.smallId(),
      name: stage,
      sort: 20 + at * 10,
      type: 0,
      color: COLORS[at % COLORS.length] ?? '#fffeb2',
    }),
  )
  const pipeline: Pipeline = {
    id: world.smallId(),
    name,
    sort: world.pipelines.size + 1,
    isMain,
    statuses: [
      { id: world.smallId(), name: 'Неразобранное', sort: 10, type: 1, color: '#c1c1c1' },
      ...open,
      { id: WON, name: 'Успешно реализовано', sort: 10_000, type: 0, color: '#CCFF66' },
      { id: LOST, name: 'Закрыто и не реализовано', sort: 11_000, type: 0, color: '#D5D8DB' },
    ],
  }
  world.pipelines.set(pipeline.id, pipeline)
  return pipeline
}

const PHONE_KINDS = ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER'].map((code) => ({ value: code, code }))
const EMAIL_KINDS = ['WORK', 'PRIV', 'OTHER'].map((code) => ({ value: code, code }))

function addFields(world: World): void {
  for (const type of ['contacts', 'companies'] as const) {
    world.fields[type].add({
      name: 'Телефон',
      type: 'multitext',
      code: 'PHONE',
      isPredefined: true,
      enums: PHONE_KINDS,
    })
    world.fields[type].add({ name: 'Email', type: 'multitext', code: 'EMAIL', isPredefined: true, enums: EMAIL_KINDS })
    world.fields[type].add({ name: 'Город', type: 'text' })
  }
  const contacts = world.fields.contacts
  contacts.add({ name: 'Должность', type: 'text', code: 'POSITION', isPredefined: true })
  contacts.add({ name: 'Дата рождения', type: 'birthday' })
  contacts.add({ name: 'Пол', type: 'select', enums: [{ value: 'Мужской' }, { value: 'Женский' }] })
  const interests = ['Спорт', 'Книги', 'Путешествия', 'Кулинария', 'Техника', 'Дети']
  contacts.add({ name: 'Интересы', type: 'multiselect', enums: interests.map((value) => ({ value })) })
  contacts.add({ name: 'Согласие на рассылку', type: 'checkbox' })
  world.fields.companies.add({ name: 'Сайт', type: 'url', code: 'WEB', isPredefined: true })
  const leads = world.fields.leads
  leads.add({ name: 'Товар', type: 'text' })
  leads.add({ name: 'Дата оплаты', type: 'date' })
  leads.add({ name: 'Скидка, %', type: 'numeric' })
  leads.add({ name: 'Доставка', type: 'radiobutton', enums: [{ value: 'Самовывоз' }, { value: 'Курьер' }] })
  for (const code of ['UTM_SOURCE', 'UTM_MEDIUM', 'UTM_CAMPAIGN']) {
    leads.add({ name: code.toLowerCase(), type: 'tracking_data', code, isPredefined: true })
  }
}
