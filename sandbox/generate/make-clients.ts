import type { Company, Contact, EntityType, FieldValues } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { city, companyName, email, person, phone } from './people.ts'
import type { Random } from './random.ts'

/** Values of a field by code or name, for a furnished account. */
export function fieldValues(
  world: World,
  type: EntityType,
  name: string,
  texts: readonly (string | number)[],
): FieldValues {
  const field = world.fields[type].byCode(name) ?? world.fields[type].all.find((known) => known.name === name)
  if (field === undefined) throw new Error(`No field ${name} among ${type}`)
  const values = texts.map((value) => {
    const option =
      field.enums.find((known) => known.value === value) ?? (field.type === 'multitext' ? field.enums[0] : undefined)
    return option === undefined ? { value } : { value, enumId: option.id }
  })
  return { fieldId: field.id, values }
}

const INTERESTS = ['Спорт', 'Книги', 'Путешествия', 'Кулинария', 'Техника', 'Дети']
const STRAY_TAGS = ['VIP', 'Опт', 'Выставка', 'Чат-бот', 'Не звонить', 'Рассылка']

/** A tag of somebody else's for about one card in seven. */
export function strayTags(world: World, type: EntityType, random: Random): readonly number[] {
  return random.chance(0.15) ? [world.tags[type].ensure(random.pick(STRAY_TAGS)).id] : NO_TAGS
}

const NO_TAGS: readonly number[] = []

export function makeContact(world: World, random: Random, id: number, at: number): Contact {
  const who = person(random)
  const fields: FieldValues[] = []
  if (random.chance(0.86)) fields.push(fieldValues(world, 'contacts', 'PHONE', [phone(random)]))
  if (random.chance(0.55)) fields.push(fieldValues(world, 'contacts', 'EMAIL', [email(random, who, id)]))
  if (random.chance(0.7)) fields.push(fieldValues(world, 'contacts', 'Город', [city(random)]))
  if (random.chance(0.6)) fields.push(fieldValues(world, 'contacts', 'Пол', [who.isWoman ? 'Женский' : 'Мужской']))
  if (random.chance(0.4)) fields.push(fieldValues(world, 'contacts', 'Дата рождения', [birthday(random)]))
  if (random.chance(0.2)) fields.push(fieldValues(world, 'contacts', 'Интересы', [random.pick(INTERESTS)]))
  return {
    ...cardOf(world, random, 'contacts', id, at),
    name: `${who.firstName} ${who.lastName}`,
    firstName: who.firstName,
    lastName: who.lastName,
    fields: fields.length === 0 ? null : fields,
    companyId: null,
    leadIds: [],
  }
}

/** Midnight of a day between 1955 and 2004, in seconds. */
function birthday(random: Random): number {
  return Date.UTC(random.int(1955, 2004), random.int(0, 11), random.int(1, 28)) / 1000
}

export function makeCompany(world: World, random: Random, id: number, at: number): Company {
  const fields = random.chance(0.8) ? [fieldValues(world, 'companies', 'PHONE', [phone(random)])] : null
  return {
    ...cardOf(world, random, 'companies', id, at),
    name: companyName(random),
    fields,
    leadIds: [],
    contactIds: [],
  }
}

function cardOf(world: World, random: Random, type: EntityType, id: number, at: number) {
  const user = random.pick(world.users).id
  return {
    id,
    responsibleUserId: user,
    createdBy: user,
    updatedBy: user,
    createdAt: at,
    updatedAt: at,
    isDeleted: false,
    tagIds: strayTags(world, type, random),
  }
}
