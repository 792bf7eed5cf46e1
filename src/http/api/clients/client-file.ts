import type { Language } from '../../../segmentation/labels.ts'
import type { ClientRef } from '../../../segmentation/verdict.ts'
import type { AccountContext } from '../../../sync/account-context.ts'
import { type ListedClient, listedClients } from '../../../sync/queries/listed-clients.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { segmentName } from '../../../sync/queries/segment-name.ts'
import { BYTE_ORDER_MARK, type CsvCell, type CsvDialect, csvLine } from './csv-line.ts'

const AT_ONCE = 250

const DIALECTS: Readonly<Record<Language, CsvDialect>> = {
  ru: { separator: ';', decimal: ',' },
  en: { separator: ',', decimal: '.' },
}

const HEADS: Readonly<Record<Language, readonly string[]>> = {
  ru: [
    ...['ID', 'Имя', 'Жизненный цикл', 'Температура', 'Состояние', 'Уровень', 'Правила', 'Сумма покупок', 'Покупок'],
    ...['Средний чек', 'Последняя покупка', 'Следующая смена', 'Ответственный', 'Ссылка'],
  ],
  en: [
    ...['ID', 'Name', 'Lifecycle', 'Temperature', 'Standing', 'Tier', 'Rules', 'Lifetime value', 'Purchases'],
    ...['Average purchase', 'Last purchase', 'Next change', 'Responsible', 'Link'],
  ],
}

/** Clients as a CSV file, chunk by chunk: none of it stands in memory as a whole. */
export async function* clientFile(
  context: AccountContext,
  rows: Office['rows'],
  clients: readonly ClientRef[],
  language: Language,
): AsyncGenerator<string> {
  const dialect = DIALECTS[language]
  const cellsOf = cellWriter(context, language)
  yield BYTE_ORDER_MARK + csvLine(HEADS[language], dialect)
  for (let from = 0; from < clients.length; from += AT_ONCE) {
    const listed = await listedClients(context, rows, clients.slice(from, from + AT_ONCE))
    yield listed.map((client) => csvLine(cellsOf(client), dialect)).join('')
  }
}

const cellWriter = (context: AccountContext, language: Language) => {
  const { account } = context.compiled
  const users = new Map(account.users.map(({ id, name }) => [id, name]))
  const moment = localMoment(account.timeZone)
  const nameOf = (dimension: string, segment: string | null | undefined): string | null =>
    segment == null ? null : segmentName(context, dimension, segment)[language]
  return ({ client, name, segments, matches, ...row }: ListedClient): CsvCell[] => {
    const rules = [...new Set(matches.map(({ ruleId }) => ruleId))]
    return [
      ...[client.id, name],
      ...(['lifecycle', 'temperature', 'standing', 'tier'] as const).map((one) => nameOf(one, segments?.[one])),
      rules.map((ruleId) => nameOf(`rule:${ruleId}`, 'match') ?? ruleId).join(', '),
      ...[row.ltv, row.purchases, row.purchases === 0 ? null : Math.round((row.ltv / row.purchases) * 100) / 100],
      ...[moment(row.lastPurchaseAt), moment(row.nextChangeAt)],
      row.responsibleUserId === null ? null : (users.get(row.responsibleUserId) ?? String(row.responsibleUserId)),
      `https://${context.record.host}/${client.kind === 'contact' ? 'contacts' : 'companies'}/detail/${client.id}`,
    ]
  }
}

/** `2026-11-21 14:05`, which spreadsheets of every language take for an instant. */
const localMoment = (timeZone: string): ((seconds: number | null) => string | null) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (seconds) => (seconds === null ? null : format.format(seconds * 1000))
}
