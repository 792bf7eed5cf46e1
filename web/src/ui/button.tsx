import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type ButtonKind = 'plain' | 'primary' | 'danger' | 'link'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly kind?: ButtonKind
  /** Its work is under way: it shows so and cannot be pressed again. */
  readonly isBusy?: boolean
  /** Why it cannot be pressed; read out and shown on hover. Null: it can. */
  readonly reason?: string | null
  readonly children: ReactNode
}

/** Stays reachable by keyboard when it cannot be pressed, so that the reason can be found out. */
export const Button = ({ kind = 'plain', isBusy = false, reason = null, onClick, children, ...rest }: ButtonProps) => {
  const { t } = useTranslation()
  const isOff = isBusy || reason !== null
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${kind}`}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      title={reason ?? rest.title}
      onClick={(event) => (isOff ? event.preventDefault() : onClick?.(event))}
    >
      {children}
      {isBusy && <span className="spinner" aria-hidden="true" />}
      {isBusy && <span className="sr-only">{t('state.busy')}</span>}
      {reason !== null && <span className="sr-only">({reason})</span>}
    </button>
  )
}
