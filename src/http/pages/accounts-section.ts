import type { AccountSummary } from '../ports.ts'
import { type Html, html } from './html.ts'
import type { Bilingual, Language, Say } from './layout.ts'
import { removalNote } from './removal-note.ts'

/** What the visitor may see of the installed accounts. */
export type AccountsView =
  | { readonly type: 'list'; readonly accounts: readonly AccountSummary[] }
  /** The visitor did not show the admin token. */
  | { readonly type: 'hidden'; readonly canSignIn: boolean }
  /** Redis does not answer. */
  | { readonly type: 'unavailable' }
  /** Nothing can be installed yet. */
  | { readonly type: 'none' }

/** The installed accounts and how far each is. */
export const accountsSection = (view: AccountsView, say: Say, language: Language): Html =>
  view.type === 'none'
    ? html``
    : html`<h2>${say({ ru: 'Аккаунты', en: 'Accounts' })}</h2>${content(view, say, language)}`

const content = (view: Exclude<AccountsView, { type: 'none' }>, say: Say, language: Language): Html => {
  switch (view.type) {
    case 'hidden':
      return view.canSignIn
        ? html`<p><a href="/?accounts=1">${say({ ru: 'Показать (нужен ADMIN_TOKEN)', en: 'Show (needs ADMIN_TOKEN)' })}</a></p>`
        : html`<p>${say({ ru: 'Чтобы видеть их здесь, задайте', en: 'To see them here, set' })} <code>ADMIN_TOKEN</code>.</p>`
    case 'unavailable':
      return html`<p class="bad">${say({ ru: 'Redis не отвечает.', en: 'Redis does not answer.' })}</p>`
    case 'list':
      return view.accounts.length === 0
        ? html`<p>${say({ ru: 'Пока ни одного.', en: 'None yet.' })}</p>`
        : html`<table>${view.accounts.map((account) => row(account, say, language))}</table>`
  }
}

const STATUS: Readonly<Record<AccountSummary['status'], Bilingual & { readonly style: string }>> = {
  active: { ru: 'работает', en: 'at work', style: 'good' },
  paused: { ru: 'приостановлен', en: 'paused', style: 'warn' },
  disconnected: { ru: 'отключён', en: 'disconnected', style: 'bad' },
}

const row = (account: AccountSummary, say: Say, language: Language): Html => {
  const status = STATUS[account.status]
  return html`<tr><td><code>${account.host}</code><br>№ ${account.id}</td><td><span class="${status.style}">${say(status)}</span>${progress(
    account,
    say,
  )}${account.problem === null ? html`` : html`<br>${account.problem}`}${
    account.removal === null ? html`` : removalNote(account.removal, say, language)
  }</td></tr>`
}

const progress = ({ clients, backfill }: AccountSummary, say: Say): Html => {
  const count = clients === null ? html`` : html`<br>${say({ ru: 'клиентов', en: 'clients' })}: ${clients}`
  const share = backfill === null ? 0 : Math.floor(backfill * 100)
  const reading = say({ ru: 'база прочитана на', en: 'base read:' })
  return backfill === null ? count : html`${count}<br>${reading} ${share} %`
}
