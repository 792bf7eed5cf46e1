import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { opsSession } from '../api/session-source.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Logo } from './logo.tsx'

/** Asks the operator for his token. */
export const SignIn = () => {
  const { t } = useTranslation()
  const [token, setToken] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (token.trim() !== '') opsSession?.signIn(token.trim())
  }
  return (
    <main className="sign-in">
      <form className="card sign-in-form" onSubmit={submit}>
        <Logo />
        <h1>{t('signIn.title')}</h1>
        <p className="muted">{t('signIn.text')}</p>
        <Field
          label={t('signIn.token')}
          hint={t('signIn.hint')}
          error={opsSession?.wasRefused ? t('signIn.refused') : null}
        >
          {(aria) => (
            <input
              {...aria}
              type="password"
              autoComplete="current-password"
              value={token}
              onChange={(event) => setToken(event.target.value)}
              required
            />
          )}
        </Field>
        <Button kind="primary" type="submit">
          {t('signIn.submit')}
        </Button>
        <LanguageSwitch />
      </form>
    </main>
  )
}
