import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { csvLine } from '../../../src/http/api/clients/csv-line.ts'
import { type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  await addClients(api)
})
afterEach(() => api.close())

const file = (query: string) =>
  api.app.inject({ url: api.path(`/clients/file?${query}`), headers: api.as(SALESPERSON) })
const rows = (text: string, delimiter: string): string[][] => parse(text, { delimiter, bom: true })

describe('the file of clients', () => {
  it('opens in Russian spreadsheets: mark, semicolons, decimal commas, local time', async () => {
    const answer = await file('sort=ltv&order=desc')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename="clients-\d+\.csv"$/),
    })
    expect(answer.body.startsWith('\uFEFFID;Имя;')).toBe(true)
    const [head = [], first = [], ...others] = rows(answer.body, ';')
    expect(others.length).toBe(4)
    expect(Object.fromEntries(head.map((name, index) => [name, first[index]]))).toMatchObject({
      ...{ ID: '4', Имя: 'Contact 4', 'Жизненный цикл': 'Спящий', Температура: 'Тёплый', 'Сумма покупок': '9000' },
      ...{
        Покупок: '1',
        'Средний чек': '9000',
        'Последняя покупка': expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
      },
      Ссылка: `https://account${api.mine.context.id}.amocrm.ru/contacts/detail/4`,
    })
  })

  it('is in English too, and holds what was asked for alone', async () => {
    const [head, ...found] = rows((await file('lang=en&dimension=lifecycle&segment=new')).body, ',')
    expect(head?.slice(0, 3)).toEqual(['ID', 'Name', 'Lifecycle'])
    expect(found.map(([id, , lifecycle]) => [id, lifecycle])).toEqual([
      ['1', 'New'],
      ['5', 'New'],
    ])
    expect((await file('dimension=lifecycle&segment=rich')).json().code).toBe('segment_unknown')
    expect((await file('dimension=lifecycle')).statusCode).toBe(400)
  })

  it('runs nothing in a spreadsheet, whatever people are called', async () => {
    api.mine.world.changeContact(1, { name: '=HYPERLINK("http://evil.example";"x")' })
    await lookAt(api.mine, [1])
    const [, first] = rows((await file('sort=id')).body, ';')
    expect(first?.[1]).toBe(`'=HYPERLINK("http://evil.example";"x")`)
  })
})

describe('a line of a file', () => {
  const RUSSIAN = { separator: ';', decimal: ',' } as const

  it.each([
    [['a', 1.5, null], 'a;"1,5";\r\n'],
    [['x"y', 'a\nb'], '"x""y";"a\nb"\r\n'],
    [['+7', '-1', '@a', '\tb'], "'+7;'-1;'@a;'\tb\r\n"],
    [[-1, 0], '-1;0\r\n'],
  ])('%j', (cells, line) => {
    expect(csvLine(cells, RUSSIAN)).toBe(line)
  })
})
