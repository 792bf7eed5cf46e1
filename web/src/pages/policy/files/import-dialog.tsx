import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { faultText } from '../form/fault-text.ts'
import type { Policy, PolicyCheck } from '../policy-types.ts'

interface ImportDialogProps {
  readonly file: File | null
  readonly onClose: () => void
  readonly onLoad: (policy: Policy) => void
}

/** What a file would change, before it is taken into the form. */
export const ImportDialog = ({ file, onClose, onLoad }: ImportDialogProps) => {
  const { t } = useTranslation('policy')
  const api = useApi()
  const read = useQuery<PolicyCheck>({
    queryKey: [api.accountId, 'import', file?.name, file?.lastModified, file?.size],
    queryFn: async () => api.send<PolicyCheck>('POST', '/policy/check', { policy: await policyIn(file) }),
    enabled: file !== null,
    retry: false,
  })
  const { data, error } = read
  const policy = data?.policy ?? null
  const changes = data?.changes?.[api.lang] ?? []
  return (
    <Dialog
      title={t('files.importTitle', { name: file?.name })}
      isOpen={file !== null}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <Button
            kind="primary"
            reason={policy === null ? t('files.unusable') : null}
            onClick={() => {
              if (policy) onLoad(policy)
              onClose()
            }}
          >
            {t('files.take')}
          </Button>
        </>
      }
    >
      {read.isPending && <Skeleton />}
      {error instanceof SyntaxError ? (
        <p className="field-error">{t('files.noJson')}</p>
      ) : (
        error && <ErrorState error={error} />
      )}
      {data && data.errors.length > 0 && (
        <>
          <p>{t(policy ? 'files.faults' : 'files.unusableText')}</p>
          <ul className="changes">
            {data.errors.map((fault) => (
              <li key={fault.path + fault.message}>
                <code>{fault.path}</code> {faultText(fault, t)}
              </li>
            ))}
          </ul>
        </>
      )}
      {policy && (
        <>
          <p>{t(changes.length === 0 ? 'files.same' : 'files.changes')}</p>
          <ul className="changes">
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}

/** @throws SyntaxError when the file holds no JSON object */
const policyIn = async (file: File | null): Promise<object> => {
  const policy: unknown = JSON.parse((await file?.text()) ?? '')
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) throw new SyntaxError('no JSON object')
  return policy
}
