import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../integration/support/eventually.ts'
import { seriousFaults } from './support/serious-faults.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 30, seed: 7 } })
})
afterAll(() => stage.close())

const SEGMENTS = ['Новый', 'Разовый', 'Периодический', 'Постоянный', 'Спящий']

/** Contacts that bear the tag of a lifecycle segment. */
const tagged = () => {
  const { contacts, tags } = stage.trial.world
  return contacts.all.filter(({ tagIds }) =>
    [...tagIds].some((id) => SEGMENTS.includes(tags.contacts.byId(id)?.name ?? '')),
  ).length
}

describe('the page of setup and health', () => {
  it('tells the operator how the account and the service are', async () => {
    const page = await stage.asOperator('/setup')
    await page.getByRole('heading', { level: 1, name: 'Состояние' }).waitFor()
    await page.getByText('OAuth 2.0, обновляется сам').first().waitFor()
    await page.getByRole('heading', { name: 'Все аккаунты' }).waitFor()
    await page.getByText(`${stage.trial.url}/oauth/disconnect`).waitFor()
    expect(await page.getByRole('link', { name: /^Очереди/ }).getAttribute('href')).toBe('/ops/queues')
    expect(await seriousFaults(page)).toEqual([])
    expect(stage.complaints).toEqual([])
  })

  it.each(['ru', 'en'] as const)('is fine on a telephone in %s', async (lang) => {
    const page = await stage.asOperator('/setup', { size: 'narrow', lang })
    await page.getByRole('heading', { name: lang === 'ru' ? 'Сервис' : 'Service', exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    expect(await seriousFaults(page)).toEqual([])
  })

  it('shows a salesperson how things are, and why he may change nothing', async () => {
    const user = stage.trial.world.users.find(({ isAdmin }) => !isAdmin)
    const { frame } = await stage.asUser(user?.id ?? 0, '/setup')
    await frame.getByRole('link', { name: 'Состояние' }).click()
    const pause = frame.getByRole('button', { name: /^Приостановить/ })
    await pause.waitFor()
    expect(await pause.getAttribute('aria-disabled')).toBe('true')
    expect(await pause.getAttribute('title')).toMatch(/администратор/)
    await pause.click({ force: true })
    expect(await frame.getByRole('dialog').count()).toBe(0)
    expect(await frame.getByRole('heading', { name: 'Сервис', exact: true }).count()).toBe(0)
  })

  it('pauses the work and lets it go on', async () => {
    const page = await stage.asOperator('/setup')
    await page.getByRole('button', { name: 'Приостановить' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Приостановить' }).click()
    await page.getByText('Работа приостановлена').first().waitFor()
    const read = async () => (await stage.trial.accounts.read(stage.trial.accountId))?.status
    expect(await page.getByText('приостановлен', { exact: true }).count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Продолжить работу' }).click()
    await page.getByRole('button', { name: 'Приостановить' }).waitFor()
    expect(await read()).toBe('active')
  })

  it('has the whole base read again', async () => {
    const page = await stage.asOperator('/setup', { lang: 'en' })
    await page.getByRole('button', { name: 'Read the base again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Read again' }).click()
    await page.getByText('The reading has begun.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('removes the account only when it is meant, and cleans the cards up first', async () => {
    expect(tagged()).toBeGreaterThan(0)
    const page = await stage.asOperator('/setup')
    await page.getByRole('button', { name: 'Отключить…' }).click()
    const dialog = page.getByRole('dialog')
    const remove = dialog.getByRole('button', { name: /^Отключить/ })
    expect(await remove.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByRole('radio', { name: /^Сначала убрать/ }).check()
    await dialog.getByRole('checkbox').check()
    expect(await seriousFaults(page)).toEqual([])
    await remove.click()
    await dialog.getByText('Очистка карточек началась.').waitFor()
    await dialog.getByRole('button', { name: 'Закрыть' }).last().click()
    await page.getByText('Интеграция отключена').first().waitFor()
    expect((await stage.trial.accounts.read(stage.trial.accountId))?.status).toBe('disconnected')
    await eventually(() => tagged() === 0)
  })
})
