import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './support/serious-faults.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 20, seed: 5 } })
})
afterAll(() => stage.close())

describe('signing in', () => {
  it('asks a stranger for the operator’s token, refuses a wrong one and takes the right one', async () => {
    const page = await stage.asStranger('/overview')
    const token = page.getByLabel('Токен оператора')
    await token.fill('not-the-token-at-all')
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.getByText('Сервис не принял этот токен.').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await token.fill('operator-token-of-a-trial')
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.getByRole('heading', { level: 1, name: 'Обзор' }).waitFor()
    expect(await page.evaluate(() => localStorage.length + document.cookie.length)).toBeLessThanOrEqual(1)
  })

  it('needs no token inside amoCRM: the page around gives the session', async () => {
    const { frame } = await stage.asUser(stage.trial.world.admin.id, '/overview', { lang: 'en' })
    await frame.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await frame.getByRole('link', { name: 'Clients' }).click()
    await frame.getByRole('heading', { level: 1, name: 'Clients' }).waitFor()
  })

  it('takes another session from the page around when the service does not know one any more', async () => {
    const { page, frame } = await stage.asUser(stage.trial.world.admin.id, '/overview', { lang: 'en' })
    await frame.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    const tokens: (string | undefined)[] = []
    await page.route('**/clients?**', async (route) => {
      tokens.push(route.request().headers().authorization)
      if (tokens.length > 1) return route.continue()
      const problem = { status: 401, code: 'bearer_unknown', title: 'Token refused', detail: 'Over.' }
      return route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    })
    await frame.getByRole('link', { name: 'Clients' }).click()
    await frame.getByRole('table', { name: 'Clients' }).locator('tbody tr').first().waitFor()
    expect(tokens.length).toBe(2)
    expect(tokens[1]).not.toBe(tokens[0])
  })
})
