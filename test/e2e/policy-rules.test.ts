import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Rule } from '../../src/segmentation/rules/rule-schema.ts'
import { expectAllRight } from '../integration/support/expect-all-right.ts'
import { judgedClients } from './support/judged-clients.ts'
import { choose, tabTo } from './support/keyboard.ts'
import { applyToAll, bearing, policyInForce, preview } from './support/policy-steps.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 120, seed: 8 } })
})
afterAll(() => stage.close())

const last = (place: Page | Locator, name: string) => place.getByRole('combobox', { name }).last()

const ruleCalled = async (label: string): Promise<Rule | undefined> =>
  (await policyInForce(stage.trial)).rules.find((rule) => rule.label === label)

/** Applies, and holds the sandbox against a recomputation under the policy that is then in force. */
const applied = async (page: Page) => {
  await preview(page)
  await applyToAll(page)
  stage.trial.judge.use(await policyInForce(stage.trial))
  await expectAllRight(stage.trial)
}

const named = (clients: ReturnType<typeof judgedClients>) =>
  clients.map(({ facts }) => `${facts.kind} ${facts.id}`).toSorted()

describe('a rule with OR and NOT', () => {
  it('built by mouse matches the right clients', async () => {
    const page = await stage.asOperator('/policy/rules')
    await page.getByRole('button', { name: 'Сегмент клиентов' }).click()
    await page.getByRole('textbox', { name: 'Название' }).fill('Ценные и бодрые')
    await page.getByRole('textbox', { name: 'Тег' }).fill('Ценный')
    await page.getByRole('article', { name: 'Ценные и бодрые' }).waitFor()
    const condition = page.getByRole('region', { name: 'Условие' })
    await last(condition, 'Что сравнить').selectOption({ label: 'Жизненный цикл' })
    await last(condition, 'Значение').selectOption({ label: 'Спящий' })
    await condition.getByRole('button', { name: /^НЕ:/ }).last().click()
    await condition.getByRole('button', { name: '+ Группа' }).click()
    await last(condition, 'Что сравнить').selectOption({ label: 'Сумма всех покупок' })
    await condition.getByRole('spinbutton', { name: 'Значение' }).fill('60000')
    await condition.getByRole('button', { name: '+ Условие' }).first().click()
    await last(condition, 'Что сравнить').selectOption({ label: 'Число покупок' })
    await condition.getByRole('spinbutton', { name: 'Значение' }).last().fill('4')
    await applied(page)

    expect((await ruleCalled('Ценные и бодрые'))?.when).toEqual({
      all: [
        { not: { fact: 'lifecycle', op: 'eq', value: 'sleeping' } },
        {
          any: [
            { fact: 'ltv', op: 'gte', value: 60_000 },
            { fact: 'purchases.count', op: 'gte', value: 4 },
          ],
        },
      ],
    })
    const fitting = judgedClients(stage.trial).filter(
      ({ verdict, ltv, occasions }) =>
        verdict.lifecycle.segment !== 'sleeping' && (ltv >= 60_000 || occasions.length >= 4),
    )
    expect(fitting).not.toEqual([])
    expect(bearing(stage.trial, 'Ценный')).toEqual(named(fitting))
  })

  it('built by keyboard matches the right clients', async () => {
    const page = await stage.asOperator('/policy/rules')
    const { keyboard } = page
    await page.getByRole('heading', { name: 'Свои сегменты' }).waitFor()
    await tabTo(page, '+ Сегмент клиентов')
    await keyboard.press('Enter')
    await tabTo(page, 'Название')
    await keyboard.insertText('Кого позвать')
    await tabTo(page, 'Тег')
    await keyboard.insertText('Позвать')
    await tabTo(page, 'Как соединить условия')
    await choose(page, 'Верно хотя бы одно')
    await tabTo(page, 'Что сравнить')
    await choose(page, 'Число покупок')
    await tabTo(page, 'Как сравнить')
    await choose(page, 'больше')
    await tabTo(page, 'Значение')
    await keyboard.press('Control+A')
    await keyboard.insertText('5')
    await tabTo(page, '+ Условие')
    await keyboard.press('Enter')
    await choose(page, 'Есть телефон')
    await tabTo(page, 'НЕ: условие должно быть неверным')
    await keyboard.press('Enter')
    await tabTo(page, 'Что это изменит')
    await applied(page)

    expect((await ruleCalled('Кого позвать'))?.when).toEqual({
      any: [{ fact: 'purchases.count', op: 'gt', value: 5 }, { not: { fact: 'hasPhone', op: 'eq', value: true } }],
    })
    const fitting = judgedClients(stage.trial).filter(({ facts, occasions }) => occasions.length > 5 || !facts.hasPhone)
    expect(fitting).not.toEqual([])
    expect(bearing(stage.trial, 'Позвать')).toEqual(named(fitting))
  })

  it('that can never match is warned of at its place, and an unfinished one can not be applied', async () => {
    const page = await stage.asOperator('/policy/rules')
    await page.getByRole('button', { name: 'Сегмент сделок' }).click()
    await page.getByText('Заполните это').first().waitFor()
    await page.getByRole('button', { name: /Что это изменит/ }).click({ force: true })
    expect(await page.getByRole('heading', { name: 'Что изменится' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: /Что это изменит/ }).getAttribute('title')).toBe(
      'Сначала исправьте ошибки',
    )
  })
})
