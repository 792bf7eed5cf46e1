import { type ReactNode, useId } from 'react'

interface CardProps {
  readonly title?: string
  /** A quiet line under the title. */
  readonly hint?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A block of a page; with a title, a region that screen readers find by it. */
export const Card = ({ title, hint, actions, className = '', children }: CardProps) => {
  const id = useId()
  return (
    <section className={`card ${className}`} {...(title ? { 'aria-labelledby': id } : {})}>
      {(title || actions) && (
        <header className="card-head">
          <div>
            {title && <h2 id={id}>{title}</h2>}
            {hint && <p className="muted">{hint}</p>}
          </div>
          {actions && <div className="card-actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}
