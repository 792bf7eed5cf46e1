import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAllRight } from '../integration/support/expect-all-right.ts'
import { LIMIT_MS } from '../integration/support/patient.ts'
import { allTags, applyToAll, bearing, policyInForce, preview } from './support/policy-steps.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 120, seed: 5 } })
})
afterAll(() => stage.close())

describe('a threshold that is changed', () => {
  it('is previewed, applied, right in amoCRM, and taken back to what stood before', async () => {
    const { trial } = stage
    await expectAllRight(trial)
    const before = allTags(trial)
    const page = await stage.asOperator('/policy/lifecycle')
    await page.getByLabel('Дней без покупок').fill('45')
    await page.getByText('1 изменение').waitFor()
    await preview(page)
    await page.getByText('Спящие клиенты: дней: 90 → 45').waitFor()
    const sleeping = page.getByRole('row', { name: /^Спящий/ }).first()
    const [, was, then] = await sleeping
      .getByRole('cell')
      .allTextContents()
      .then((cells) => ['', ...cells])
    expect(bearing(trial, 'Спящий')).toHaveLength(Number(was))
    expect(Number(then)).toBeGreaterThan(Number(was))

    await applyToAll(page)
    trial.judge.use(await policyInForce(trial))
    await expectAllRight(trial)
    expect(bearing(trial, 'Спящий')).toHaveLength(Number(then))

    await page.getByRole('link', { name: 'Работы' }).click()
    const run = page.getByRole('article', { name: 'Применение правил, версия 2' })
    await run.getByRole('button', { name: 'Отменить…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Отменить сделанное' })
    await dialog.getByText(/Верн[её]тся|Вернутся/).waitFor()
    await dialog.getByRole('button', { name: 'Отменить сделанное' }).click()
    const undo = page.getByRole('article', { name: 'Отмена применения версии 2' })
    await undo.getByRole('button', { name: 'Отчёт' }).click()
    await page.getByText('Возвращено всё: ничего не осталось.').waitFor()
    expect(allTags(trial)).toEqual(before)
  })
})

describe('a policy on trial', () => {
  it('goes to twenty clients first, then to all, and its history leads back', async () => {
    const { trial } = stage
    const page = await stage.asOperator('/policy/writing')
    await page.getByRole('textbox', { name: 'Постоянный' }).fill('Наш человек')
    await page.getByRole('textbox', { name: 'Спящий' }).fill('Давно не был')
    await preview(page)
    await page.getByRole('radio', { name: /Сначала к 20 клиентам/ }).check()
    await applyToAll(page)
    const bearers = () => [...bearing(trial, 'Наш человек'), ...bearing(trial, 'Давно не был')]
    expect(bearers()).toHaveLength(20)

    await page.getByRole('button', { name: 'Вернуться к правилам' }).click()
    await page.getByText(/проверяется на 20 клиентах/).waitFor()
    await page.getByText('Изменений нет · версия 3').waitFor()
    await page.getByRole('button', { name: 'Применить ко всем' }).click()
    await applyToAll(page)
    trial.judge.use(await policyInForce(trial))
    await expectAllRight(trial)
    expect(bearers().length).toBeGreaterThan(20)

    await page.getByRole('button', { name: 'Вернуться к правилам' }).click()
    await page.getByRole('link', { name: 'История' }).click()
    await page.getByRole('button', { name: 'Что изменилось 1', exact: true }).click()
    await page.getByRole('button', { name: 'Вернуть эту версию' }).click()
    await page.getByRole('heading', { name: 'Что изменится' }).waitFor()
    await applyToAll(page)
    trial.judge.use(await policyInForce(trial))
    await expectAllRight(trial)
    expect(bearers()).toEqual([])
    expect((await policyInForce(trial)).sleeping.days).toBe(90)
  })
})

describe('a policy that would not do any more what was previewed', () => {
  it('is not saved: what changed since is told, and it can be applied again', async () => {
    const { trial } = stage
    const page = await stage.asOperator('/policy/lifecycle')
    await page.getByLabel('Дней без покупок').fill('60')
    await preview(page)
    const { version } = (await trial.policies.current(trial.accountId)) ?? { version: 0 }
    const example = await page
      .getByRole('link', { name: /^контакт № / })
      .first()
      .textContent()
    const id = Number(example?.match(/\d+/)?.[0])
    trial.staff.setTags({ entityType: 'contacts', id, add: ['стоп-сегмент'] })
    expect(await trial.settling.settled(LIMIT_MS)).toBe(true)
    await page.getByRole('button', { name: 'Применить', exact: true }).click()
    await page.getByText('База изменилась, пока вы смотрели.').waitFor()
    expect((await trial.policies.current(trial.accountId))?.version).toBe(version)
    await applyToAll(page)
    expect((await trial.policies.current(trial.accountId))?.version).toBe(version + 1)
  })
})
