import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly title: string
  readonly text?: ReactNode
  readonly actions?: ReactNode
}

/** Says why there is nothing, and what to do about it. */
export const EmptyState = ({ title, text, actions }: EmptyStateProps) => (
  <div className="empty">
    <p className="empty-title">{title}</p>
    {text && <p className="muted">{text}</p>}
    {actions}
  </div>
)
