import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { request } from '../../api/request.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { useErrorText } from '../../ui/error-text.ts'
import { type ListFilter, queryOf } from './list-filter.ts'
import { saveFile } from './save-file.ts'

interface FileButtonProps {
  readonly filter: ListFilter
  readonly isEmpty: boolean
}

/** Brings the list as it is chosen and ordered as a file for a spreadsheet. */
export const FileButton = ({ filter, isEmpty }: FileButtonProps) => {
  const { t } = useTranslation('clients')
  const { accountId, lang } = useApi()
  const textOf = useErrorText()
  const file = useMutation({
    mutationFn: async () => {
      const query = { ...queryOf(filter), lang }
      const answer = await request('GET', `/accounts/${accountId}/clients/file`, { query })
      saveFile(await answer.blob(), `clients-${accountId}.csv`)
    },
  })
  return (
    <>
      {file.error && (
        <span className="field-error" role="alert">
          {textOf(file.error)}
        </span>
      )}
      <Button isBusy={file.isPending} reason={isEmpty ? t('file.empty') : null} onClick={() => file.mutate()}>
        {t('file.save')}
      </Button>
    </>
  )
}
