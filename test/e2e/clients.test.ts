import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagsOf } from '../../sandbox/demo/facts-of-world.ts'
import { renderAnswer } from '../../src/segmentation/render/render-answer.ts'
import { voiceOf } from '../../src/segmentation/render/voice.ts'
import { type JudgedClient, judgedClients } from './support/judged-clients.ts'
import { seriousFaults } from './support/serious-faults.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
let clients: JudgedClient[]
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 250, seed: 9 } })
  clients = judgedClients(stage.trial)
})
afterAll(() => stage.close())

const byMoney = () => clients.toSorted((one, other) => other.ltv - one.ltv)
const addressOf = ({ facts }: JudgedClient) => `/clients/${facts.kind}/${facts.id}`

const firstOf = (segment: string): JudgedClient => {
  const found = byMoney().find(({ verdict }) => verdict.lifecycle.segment === segment)
  if (found === undefined) throw new Error(`nobody is ${segment}`)
  return found
}

/** The names in the list, in its order, once the first of them is there. */
const names = async (page: Page, first: string): Promise<string[]> => {
  await page.getByRole('table', { name: 'Клиенты' }).locator('tbody tr').first().getByText(first).waitFor()
  return page.locator('tbody tr td:first-child a:first-child').allTextContents()
}

describe('the list of clients', () => {
  it('is ordered by what they bought for, and any part of it comes into sight', async () => {
    const page = await stage.asOperator('/clients')
    const expected = byMoney().map(({ name }) => name)
    const shown = await names(page, expected[0] ?? '')
    expect(shown.slice(0, 5)).toEqual(expected.slice(0, 5))
    expect(shown.length).toBeLessThan(60)
    await page.getByText(`${clients.length} клиент`).waitFor()

    const last = page.getByRole('row').and(page.locator(`[aria-rowindex="${clients.length + 1}"]`))
    await expect
      .poll(
        async () => {
          await page.locator('.table-scroll').evaluate((place) => place.scrollTo(0, place.scrollHeight))
          return last.count()
        },
        { timeout: 20_000 },
      )
      .toBe(1)
  })

  it('is searched by name, chosen by segment and manager, and ordered by keyboard', async () => {
    const { name } = firstOf('regular')
    const page = await stage.asOperator('/clients')
    await page.getByLabel('Поиск').fill(name.toLowerCase())
    const same = clients.filter((client) => client.name === name).length
    await page.getByText(new RegExp(`^${same} клиент`)).waitFor()
    expect(await names(page, name)).toContain(name)
    await page.getByRole('button', { name: 'Очистить' }).click()

    const sleeping = clients.filter(({ verdict }) => verdict.lifecycle.segment === 'sleeping')
    await page.getByLabel('Сегмент или правило').selectOption({ label: 'Спящий' })
    await page.getByText(new RegExp(`^${sleeping.length} клиент`)).waitFor()
    await page.getByRole('button', { name: 'Последняя покупка' }).focus()
    await page.keyboard.press('Enter')
    const latest = sleeping.toSorted(
      (one, other) => (other.occasions.at(-1)?.at ?? 0) - (one.occasions.at(-1)?.at ?? 0),
    )
    expect((await names(page, latest[0]?.name ?? '')).slice(0, 3)).toEqual(latest.slice(0, 3).map((one) => one.name))

    const [manager] = stage.trial.world.users
    if (manager === undefined) throw new Error('the account has no users')
    await page.getByLabel('Менеджер').selectOption({ label: manager.name })
    const own = sleeping.filter(({ facts }) => facts.responsibleUserId === manager.id).length
    await page.getByText(new RegExp(`^${own} клиент`)).waitFor()
  })

  it('is saved as a file that a spreadsheet opens as it is', async () => {
    const page = await stage.asOperator('/clients')
    await names(page, byMoney()[0]?.name ?? '')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Скачать CSV' }).click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk))
    const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFFID;Имя;Жизненный цикл;/)
    expect(lines.length).toBe(clients.length + 1)
    expect(lines[1]).toContain(byMoney()[0]?.name)
  })
})

describe('a client', () => {
  it.each([
    ['regular', 'ru', 'Сегменты и почему'],
    ['sleeping', 'en', 'Segments and why'],
    ['new', 'ru', 'Сегменты и почему'],
  ] as const)('who is %s is explained in words (%s)', async (segment, lang, title) => {
    const client = firstOf(segment)
    const page = await stage.asOperator(addressOf(client), { lang })
    const voice = voiceOf(stage.trial.judge.policy, lang)
    const answers = page.getByRole('region', { name: title })
    for (const dimension of ['lifecycle', 'temperature'] as const) {
      const reason = renderAnswer(dimension, client.verdict, voice)
      await answers.getByText(reason ?? '', { exact: true }).waitFor()
    }
    expect(await seriousFaults(page)).toEqual([])
  })

  it('is locked in a segment and let go, and amoCRM follows', async () => {
    const client = firstOf('sleeping')
    const { trial } = stage
    const tags = () => {
      const card = trial.world.contacts.get(client.facts.id)
      return card ? tagsOf(trial.world, 'contacts', card) : []
    }
    const page = await stage.asOperator(addressOf(client))
    await page.getByRole('button', { name: 'Закрепить Жизненный цикл' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Сегмент или правило').selectOption({ label: 'Постоянный' })
    await dialog.getByRole('button', { name: 'Закрепить' }).click()
    await page.getByText('закреплено: оператор сервиса, бессрочно').waitFor()
    await expect.poll(tags, { timeout: 15_000 }).toContain('Постоянный')
    await page.getByRole('button', { name: 'Снять' }).click()
    await expect.poll(tags, { timeout: 15_000 }).toContain('Спящий')
    expect(stage.complaints).toEqual([])
  })

  it('is read again on request', async () => {
    const client = firstOf('regular')
    const page = await stage.asOperator(addressOf(client))
    await page.getByRole('button', { name: 'Пересчитать' }).click()
    await page.getByRole('button', { name: /Пересчитать.*выполняется/ }).waitFor()
    await page.getByRole('button', { name: 'Пересчитать', exact: true }).waitFor()
  })

  it('may be looked at by a salesperson, and changed by administrators alone', async () => {
    const { world, sandbox, url, accountId } = stage.trial
    const salesperson = world.users.find(({ isAdmin }) => !isAdmin)
    if (salesperson === undefined) throw new Error('the account has administrators alone')
    const client = firstOf('periodic')
    const { frame } = await stage.asUser(salesperson.id, addressOf(client))
    const recompute = frame.getByRole('button', { name: /Пересчитать/ })
    await recompute.waitFor()
    for (const name of [/Пересчитать/, /Закрепить Жизненный цикл/]) {
      const button = frame.getByRole('button', { name })
      expect(await button.getAttribute('aria-disabled')).toBe('true')
      expect(await button.textContent()).toContain('Менять может только администратор аккаунта')
    }
    await recompute.click({ force: true })
    expect(await recompute.getAttribute('aria-busy')).toBeNull()

    const refused = await fetch(`${url}/api/v1/accounts/${accountId}${addressOf(client)}/recompute`, {
      method: 'POST',
      headers: { 'x-auth-token': sandbox.disposableToken({ userId: salesperson.id }) },
    })
    expect(await refused.json()).toMatchObject({ status: 403, code: 'admin_only' })
  })

  it('has a page that fits a telephone', async () => {
    for (const path of ['/clients', addressOf(firstOf('regular'))]) {
      const page = await stage.asOperator(path, { size: 'narrow' })
      await page.getByText('Сумма покупок').first().waitFor()
      await page.waitForLoadState('networkidle')
      expect(await seriousFaults(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    }
  })
})
