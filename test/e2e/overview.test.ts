import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JudgedClient, judgedClients } from './support/judged-clients.ts'
import { seriousFaults } from './support/serious-faults.ts'
import { Stage } from './support/stage.ts'
import { tableRows } from './support/table-rows.ts'

const DAY_S = 86_400

let stage: Stage
let clients: JudgedClient[]
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 120, seed: 7 } })
  clients = judgedClients(stage.trial)
})
afterAll(() => stage.close())

const NAMES = {
  ...{ new: 'Новый', one_time: 'Разовый', periodic: 'Периодический', regular: 'Постоянный', sleeping: 'Спящий' },
  ...{ hot: 'Горячий', warm: 'Тёплый', cold: 'Холодный' },
}

const countOf = (isOne: (client: JudgedClient) => boolean): string => String(clients.filter(isOne).length)

/** The second column of a table by the first. */
const firstFigures = (rows: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(rows).map(([name, [figure]]) => [name, figure]))

describe('the overview after the installation and the first reading of the base', () => {
  it('counts the segments as they follow from what is in amoCRM', async () => {
    const page = await stage.asOperator('/overview')
    const byName = (dimension: 'lifecycle' | 'temperature', segments: readonly (keyof typeof NAMES)[]) =>
      Object.fromEntries(
        segments.map((segment) => [NAMES[segment], countOf(({ verdict }) => verdict[dimension].segment === segment)]),
      )
    expect(firstFigures(await tableRows(page, 'Жизненный цикл'))).toEqual(
      byName('lifecycle', ['new', 'one_time', 'periodic', 'regular', 'sleeping']),
    )
    expect(firstFigures(await tableRows(page, 'Температура базы'))).toEqual(
      byName('temperature', ['hot', 'warm', 'cold']),
    )
    expect(await page.getByText('Работает', { exact: true }).isVisible()).toBe(true)
  })

  it('tells the active base by manager, and who is about to fall asleep', async () => {
    const page = await stage.asOperator('/overview')
    const now = stage.trial.world.now()
    const isActive = ({ occasions }: JudgedClient) => (occasions.at(-1)?.at ?? 0) > now - 90 * DAY_S
    const expected = stage.trial.world.users.map(({ id, name }) => {
      const own = clients.filter(({ facts }) => facts.responsibleUserId === id)
      return [name, [String(own.filter(isActive).length), String(own.length)]] as const
    })
    const managers = Object.entries(await tableRows(page, 'Активная клиентская база')).map(
      ([name, [, active = '', all = '']]) => [name, [active, all]] as const,
    )
    expect(Object.fromEntries(managers)).toEqual(Object.fromEntries(expected.filter(([, [, all]]) => all !== '0')))

    const month = clients.filter(({ verdict: { lifecycle } }) => {
      const at = 'sleepsAt' in lifecycle.reason.facts ? lifecycle.reason.facts.sleepsAt : 0
      return lifecycle.segment !== 'sleeping' && at > now && at < now + 30 * DAY_S
    })
    expect(month.length).toBeGreaterThan(0)
    await page.getByRole('link', { name: new RegExp(`^${month.length} клиент`) }).click()
    await page.getByRole('heading', { level: 1, name: 'Клиенты' }).waitFor()
    const listed = await tableRows(page, 'Клиенты')
    expect(Object.keys(listed).length).toBe(month.length)
  })

  it('tells what moved this week, with the money behind it', async () => {
    const { trial } = stage
    const buyer = clients.find(({ verdict, facts }) => verdict.lifecycle.segment === 'new' && facts.deals.length > 0)
    const deal = buyer?.facts.deals.find(({ statusId }) => statusId !== 142 && statusId !== 143)
    if (deal === undefined) throw new Error('the world has no newcomer with an open deal')
    trial.staff.winDeal({ dealId: deal.id, price: 43_210 })
    await trial.settling.settled(20_000)
    const page = await stage.asOperator('/overview')
    const moves = await tableRows(page, 'Движение за неделю')
    expect(Object.entries(moves)).toEqual([[expect.stringMatching(/^Новый.*Разовый$/), ['1', '43 210 ₽']]])
  })

  it.each(['wide', 'narrow'] as const)('is fit for everybody, %s', async (size) => {
    const page = await stage.asOperator('/overview', { size, lang: 'en' })
    await tableRows(page, 'Active client base')
    await page.locator('canvas').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect(stage.complaints).toEqual([])
  })
})
