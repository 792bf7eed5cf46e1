import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagsOf } from '../../sandbox/demo/facts-of-world.ts'
import { eventually } from '../integration/support/eventually.ts'
import { seriousFaults } from './support/serious-faults.ts'
import { chipsOf, WidgetVisits } from './support/widget-visit.ts'

let visits: WidgetVisits
beforeAll(async () => {
  visits = await WidgetVisits.open()
})
afterAll(() => visits.stage.close())

/** With ordinary spaces. */
const textOf = async (place: Locator): Promise<string> => ((await place.textContent()) ?? '').replaceAll('\u00a0', ' ')

const tagsOfContact = (id: number): readonly string[] => {
  const { world } = visits.stage.trial
  const contact = world.contacts.get(id)
  return contact === undefined ? [] : tagsOf(world, 'contacts', contact)
}

describe('the widget', () => {
  it('on a deal shows the segments of its client, why, what comes next and what he bought', async () => {
    const visit = await visits.at({ area: 'lcard', id: visits.cast.thirdBuyer.dealId })
    expect(await chipsOf(visit)).toEqual(['Периодический', 'Горячий'])
    const text = await textOf(visit.panel)
    expect(text).toMatch(
      /2 покупки, последняя \d\d\.\d\d\.\d{4} \(сделка № \d+, 12 000 ₽\), 45 дней назад; порог 90 дней/,
    )
    expect(text).toMatch(/Станет спящим \d\d\.\d\d\.\d{4}, если не купит/)
    expect(text).toMatch(/2 покупки на 24 000 ₽, средний чек 12 000 ₽, последняя/)
    expect(text).toContain('Клиент сделки — её основной контакт: по нему и считаются сегменты.')
    await visit.panel.getByText('Остальные причины').click()
    await visit.panel.getByText(/^Покупает, последняя покупка/).waitFor()
    expect(await seriousFaults(visit.page)).toEqual([])
    expect(visits.stage.complaints).toEqual([])
  })

  it('on a contact speaks English, also to narrow pages', async () => {
    const place = { area: 'ccard', id: visits.cast.sleeper.ref.id, lang: 'en' } as const
    const visit = await visits.at(place, { size: 'narrow', lang: 'en' })
    expect(await chipsOf(visit)).toEqual(['Sleeping', 'Warm'])
    const text = await textOf(visit.panel)
    expect(text).toMatch(/Last purchase \d+ \w{3} \d{4} \(deal no\. \d+, ₽7,500\), 400 days ago; threshold 90 days/)
    expect(text).toContain('Nothing will change by itself')
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    expect(await seriousFaults(visit.page)).toEqual([])
  })

  it('on a Spanish page has Spanish buttons, and the reasons in English', async () => {
    const visit = await visits.at({ area: 'ccard', id: visits.cast.sleeper.ref.id, lang: 'es' })
    expect(await chipsOf(visit)).toEqual(['Sleeping', 'Warm'])
    await visit.panel.getByRole('button', { name: 'Recalcular' }).waitFor()
  })

  it('on a company shows its own segments where its deals have no contact, and else says who the clients are', async () => {
    const { staff } = visits.stage.trial
    const bare = staff.createCompany({ name: 'Ромашка' })
    const other = await visits.at({ area: 'comcard', id: bare })
    await other.panel.getByText('Клиенты в этом аккаунте — контакты.').waitFor()
    const owner = staff.createCompany({ name: 'Василёк' })
    staff.createDeal({ name: 'Опт', companyId: owner })
    const visit = await visits.at({ area: 'comcard', id: owner })
    expect(await chipsOf(visit)).toContain('Новый')
    expect(await seriousFaults(visit.page)).toEqual([])
  })

  it('on a deal with several contacts shows the main one’s segments, and says so', async () => {
    const { seller, other } = visits.cast.pair
    const visit = await visits.at({ area: 'lcard', id: seller.dealId })
    expect(await textOf(visit.page.locator('.card__fields'))).toContain(other.name)
    expect(await chipsOf(visit)).toEqual(['Разовый', 'Горячий'])
    expect(await textOf(visit.panel)).toContain('1 покупка')
    await visit.panel.getByText('Клиент сделки — её основной контакт').waitFor()
  })

  it('on a new card asks to save it, and then shows its segments by itself', async () => {
    const visit = await visits.at({ area: 'lcard', id: 0 })
    await visit.panel.getByText('Сохраните карточку').waitFor()
    expect(await seriousFaults(visit.page)).toEqual([])
    await visit.page.getByRole('button', { name: 'Сохранить' }).click()
    expect(await chipsOf(visit)).toEqual(['Новый', 'Холодный', 'В работе'])
  })
})

describe('an administrator', () => {
  it('sets a segment by hand and lets the rules decide again, and the tags follow', async () => {
    const { id } = visits.cast.returner.ref
    const visit = await visits.at({ area: 'ccard', id })
    expect(await chipsOf(visit)).toEqual(['Разовый', 'Горячий'])
    await visit.panel.getByRole('button', { name: 'Закрепить' }).click()
    await visit.panel.getByLabel('Сегмент', { exact: true }).selectOption({ label: 'Постоянный' })
    await visit.panel.getByLabel('На какой срок').selectOption({ label: 'На 30 дней' })
    await visit.panel.locator('form').getByRole('button', { name: 'Закрепить' }).click()
    await visit.panel.getByText(/^Закреплено вручную до/).waitFor()
    expect(await chipsOf(visit)).toContain('Постоянный')
    await eventually(() => tagsOfContact(id).includes('Постоянный') && !tagsOfContact(id).includes('Разовый'))

    await visit.panel.getByRole('button', { name: 'Закрепить' }).click()
    await visit.panel.getByRole('button', { name: 'Снять закрепление: Постоянный' }).click()
    await visit.panel.getByText(/^Единственная покупка/).waitFor()
    await eventually(() => tagsOfContact(id).includes('Разовый'))
  })

  it('has a card read again', async () => {
    const { dealId } = visits.cast.thirdBuyer
    const visit = await visits.at({ area: 'lcard', id: dealId })
    await chipsOf(visit)
    const { stats } = visits.stage.trial.sandbox
    const before = stats.requests.length
    await visit.panel.getByRole('button', { name: 'Пересчитать' }).click()
    await eventually(() =>
      stats.requests.slice(before).some(({ path, query }) => `${path}?${query}`.includes(String(dealId))),
    )
    await visit.panel.getByRole('button', { name: 'Пересчитать', disabled: false }).waitFor()
  })
})

describe('a salesperson', () => {
  it('sees everything and is told why he changes nothing', async () => {
    const visit = await visits.at({ area: 'lcard', id: visits.cast.thirdBuyer.dealId, user: visits.manager })
    expect(await chipsOf(visit)).toEqual(['Периодический', 'Горячий'])
    for (const name of ['Пересчитать', 'Закрепить'])
      expect(await visit.panel.getByRole('button', { name }).isDisabled()).toBe(true)
    await visit.panel.getByText('Пересчитать и закрепить может администратор аккаунта.').waitFor()
  })

  it('opens the page of the client over the card, signed in as himself', async () => {
    const { ref, dealId } = visits.cast.thirdBuyer
    const visit = await visits.at({ area: 'lcard', id: dealId, user: visits.manager })
    await chipsOf(visit)
    await visit.panel.getByRole('button', { name: 'Подробнее' }).click()
    const frame = visit.page.frameLocator('dialog iframe')
    await frame.getByRole('heading', { level: 1 }).waitFor()
    expect(await visit.page.locator('dialog iframe').getAttribute('src')).toContain(`/clients/contact/${ref.id}?`)
    await visit.page.getByRole('button', { name: 'Закрыть' }).click()
    await visit.page.locator('dialog').waitFor({ state: 'detached' })
  })
})
