import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './support/serious-faults.ts'
import { type Looking, Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 40, seed: 3 } })
})
afterAll(() => stage.close())

describe('a manager', () => {
  it('can look at everything and change nothing', async () => {
    const manager = stage.trial.world.users.find(({ isAdmin }) => !isAdmin)
    const { frame } = await stage.asUser(manager?.id ?? 0, '/policy/lifecycle')
    const days = frame.getByLabel('Дней без покупок')
    await days.waitFor()
    expect(await days.inputValue()).toBe('90')
    expect(await days.isDisabled()).toBe(true)
    const preview = frame.getByRole('button', { name: /Что это изменит/ })
    expect(await preview.getAttribute('title')).toBe('Менять может только администратор аккаунта')
    await preview.click({ force: true })
    expect(await frame.getByRole('heading', { name: 'Что изменится' }).count()).toBe(0)
    await frame.getByRole('link', { name: 'Свои сегменты' }).click()
    await frame.getByRole('button', { name: /Зависшая сделка/ }).waitFor()
    expect(await frame.getByRole('button', { name: 'Сегмент клиентов' }).isDisabled()).toBe(true)
    await frame.getByRole('link', { name: 'Работы' }).click()
    const resync = frame.getByRole('button', { name: /Перечитать базу/ })
    await resync.click({ force: true })
    expect(await frame.getByRole('dialog').count()).toBe(0)
    expect(await resync.getAttribute('aria-disabled')).toBe('true')
  })
})

const EVERY = [
  'purchases',
  'lifecycle',
  'standing',
  'value',
  'rules',
  'writing',
  'card',
  'actions',
  'general',
  'history',
]
const LOOKS: readonly (Looking & { readonly sections: readonly string[] })[] = [
  { lang: 'ru', size: 'wide', sections: ['purchases', 'rules', 'history'] },
  { lang: 'en', size: 'narrow', sections: EVERY },
]

describe('the pages of policy and runs', () => {
  it.each(LOOKS)(
    'have no serious fault, fit their window and lack no text: $lang, $size',
    async ({ sections, ...looking }) => {
      const page = await stage.asOperator('/policy', looking)
      for (const path of [...sections.map((section) => `/policy/${section}`), '/runs']) {
        await page.goto(stage.address(path, looking))
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        expect([path, await seriousFaults(page)]).toEqual([path, []])
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect([path, beyond]).toEqual([path, 0])
      }
      expect(stage.complaints).toEqual([])
    },
  )

  it('show a preview, a rule and an undo without a serious fault', async () => {
    const page = await stage.asOperator('/policy/rules', { lang: 'en', size: 'narrow' })
    await page.getByRole('button', { name: /Hot lead with a high budget/ }).click()
    await page.getByRole('region', { name: 'Condition', exact: true }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('switch', { name: /Hot lead with a high budget/ }).check()
    await page.getByRole('button', { name: 'See what it would do' }).click()
    await page.getByRole('heading', { name: 'What would change' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const runs = await stage.asOperator('/runs', { lang: 'en' })
    await runs.getByRole('button', { name: 'Undo…' }).first().click()
    await runs.getByText(/will stand as before/).waitFor()
    expect(await seriousFaults(runs)).toEqual([])
    expect(stage.complaints).toEqual([])
  })
})

describe('a policy as a file', () => {
  it('is saved, changed and taken into the form again, and one that is none is refused', async () => {
    const page = await stage.asOperator('/policy/lifecycle')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Сохранить в файл' }).click(),
    ])
    const policy = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(policy).toMatchObject({ sleeping: { mode: 'fixed', days: 90 } })
    const load = (name: string, text: string) =>
      page
        .getByLabel('Загрузить файл')
        .last()
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await load('broken.json', 'это не политика')
    await page.getByText('В файле нет правил: это не JSON.').waitFor()
    await page.keyboard.press('Escape')
    await load('changed.json', JSON.stringify({ ...policy, sleeping: { mode: 'fixed', days: 120 } }))
    await page.getByText('Спящие клиенты: дней: 90 → 120').waitFor()
    await page.getByRole('button', { name: 'Взять в форму' }).click()
    expect(await page.getByLabel('Дней без покупок').inputValue()).toBe('120')
    await page.getByText('1 изменение').waitFor()
  })
})

describe('what was changed and not saved', () => {
  it('is still there when the reader comes back from another page', async () => {
    const page = await stage.asOperator('/policy/lifecycle')
    await page.getByLabel('Дней без покупок').fill('77')
    await page.getByText('1 изменение').waitFor()
    await page.getByRole('link', { name: 'Работы' }).click()
    await page.getByRole('heading', { level: 1, name: 'Работы' }).waitFor()
    await page.getByRole('link', { name: 'Правила' }).click()
    await page.getByText('1 изменение').waitFor()
    await page.getByRole('button', { name: 'Сбросить' }).click()
    await page.getByText(/Изменений нет/).waitFor()
  })
})
