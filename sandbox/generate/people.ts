import type { Random } from './random.ts'

const MEN =
  'Александр Алексей Андрей Борис Вадим Виктор Дмитрий Евгений Иван Игорь Кирилл Максим Михаил Никита Олег'.split(' ')
const WOMEN =
  'Алина Анна Валентина Вера Галина Дарья Екатерина Елена Ирина Ксения Людмила Мария Наталья Ольга Юлия'.split(' ')
const SURNAMES =
  'Абрамов Беляев Виноградов Громов Денисов Ершов Жданов Зайцев Исаев Калинин Лазарев Макаров Назаров Осипов Панов Рогов Савин Тарасов Уваров Фомин Харитонов Цветков Чернов Шубин Щукин Юдин Яковлев'.split(
    ' ',
  )
const COMPANY_NAMES =
  'Авангард Берег Вектор Горизонт Домострой Заря Импульс Каскад Лидер Меридиан Новатор Орион Партнёр Ресурс Северный Технолайн Уют Фортуна Центр Элит'.split(
    ' ',
  )
const CITIES =
  'Москва Санкт-Петербург Казань Екатеринбург Новосибирск Самара Краснодар Воронеж Пермь Уфа Тюмень Омск'.split(' ')
const MAIL_HOSTS = ['mail.example', 'post.example', 'inbox.example']

export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly isWoman: boolean
}

export function person(random: Random): Person {
  const isWoman = random.chance(0.55)
  const surname = random.pick(SURNAMES)
  return { firstName: random.pick(isWoman ? WOMEN : MEN), lastName: isWoman ? `${surname}а` : surname, isWoman }
}

export function phone(random: Random): string {
  return `+79${random.int(0, 999_999_999).toString().padStart(9, '0')}`
}

/** Unique through `number`. */
export function email(random: Random, { firstName, lastName }: Person, number: number): string {
  return `${latin(firstName)}.${latin(lastName)}${number}@${random.pick(MAIL_HOSTS)}`
}

export function companyName(random: Random): string {
  const form = random.pick(['ООО', 'ООО', 'АО', 'ИП'])
  return form === 'ИП' ? `ИП ${random.pick(SURNAMES)}` : `${form} «${random.pick(COMPANY_NAMES)}-${random.int(1, 999)}»`
}

export function city(random: Random): string {
  return random.pick(CITIES)
}

const LETTERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...'абвгдезийклмнопрстуфхцыэ'].map((from, at) => [from, 'abvgdeziyklmnoprstufhcye'[at] ?? '']),
  ),
  ...{ ё: 'e', ж: 'zh', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ь: '', ю: 'yu', я: 'ya' },
}

function latin(text: string): string {
  return [...text.toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('')
}
