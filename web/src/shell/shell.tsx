import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useRoute } from 'wouter'
import { useAccount } from '../api/account.ts'
import { opsSession } from '../api/session-source.ts'
import { Button } from '../ui/button.tsx'
import { AccountSwitch } from './account-switch.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Logo } from './logo.tsx'
import { PAGES } from './pages.ts'
import { usePageFocus } from './use-page-focus.ts'

/** The frame of every page of an account: its name, the navigation, who looks. */
export const Shell = ({ root, children }: { readonly root: string; readonly children: ReactNode }) => {
  const { t } = useTranslation()
  const { account, caller } = useAccount()
  const main = useRef<HTMLElement>(null)
  usePageFocus(main)
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="topbar">
        <Link href={`${root}/overview`} className="brand" aria-label={t('shell.title')}>
          <Logo />
          <span>{t('shell.title')}</span>
        </Link>
        {caller.type === 'ops' ? <AccountSwitch /> : <span className="account-name">{account.name}</span>}
        <div className="topbar-end">
          <LanguageSwitch />
          {opsSession && (
            <Button kind="link" onClick={() => opsSession?.signOut()}>
              {t('shell.signOut')}
            </Button>
          )}
        </div>
      </header>
      <nav className="nav" aria-label={t('shell.nav')}>
        {PAGES.map(({ name }) => (
          <NavLink key={name} href={`${root}/${name}`} label={t(`nav.${name}`)} />
        ))}
      </nav>
      <main id="main" ref={main} className="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

const NavLink = ({ href, label }: { readonly href: string; readonly label: string }) => {
  const [isHere] = useRoute(`${href}/*?`)
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // On a telephone the row of pages is wider than the window.
    if (isHere) link.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [isHere])
  return (
    <Link ref={link} href={href} className="nav-link" {...(isHere ? { 'aria-current': 'page' } : {})}>
      {label}
    </Link>
  )
}
