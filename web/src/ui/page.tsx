import { type ReactNode, useEffect } from 'react'

interface PageProps {
  readonly title: string
  /** A sentence under the title. */
  readonly text?: ReactNode
  /** Buttons beside the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page with its heading; names the browser's tab too. */
export const Page = ({ title, text, actions, children }: PageProps) => {
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {text && <p className="muted">{text}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
