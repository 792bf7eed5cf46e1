import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/api-error.ts'
import { Button } from './button.tsx'
import { useErrorText } from './error-text.ts'

interface ErrorStateProps {
  readonly error: Error
  readonly onRetry?: () => void
}

/** What went wrong in a sentence, and a way on. */
export const ErrorState = ({ error, onRetry }: ErrorStateProps) => {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const faults = error instanceof ApiError ? error.faults : []
  const requestId = error instanceof ApiError ? error.problem.requestId : undefined
  return (
    <div className="error-state" role="alert">
      <p className="error-title">{t('state.failed')}</p>
      <p>{textOf(error)}</p>
      {faults.length > 0 && (
        <ul>
          {faults.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {requestId && (
        <p className="muted">
          {t('state.requestId')} <code>{requestId}</code>
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>{t('action.retry')}</Button>}
    </div>
  )
}
