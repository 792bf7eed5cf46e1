import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.ts'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useErrorText } from '../../ui/error-text.ts'
import { Field } from '../../ui/field.tsx'
import type { Segments } from '../../ui/segment-names.ts'
import type { Client, LockedDimension } from './clients-types.ts'

interface LockDialogProps {
  readonly client: Client
  readonly dimension: LockedDimension
  readonly choices: readonly Segments['segments'][number][]
  readonly chosen: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

interface Lock {
  readonly segment: string
  readonly until: string | null
}

/** Asks which segment, and until when. */
export const LockDialog = ({ client, dimension, choices, chosen, isOpen, onClose }: LockDialogProps) => {
  const { t } = useTranslation('clients')
  const { lang } = useApi()
  const textOf = useErrorText()
  const form = useId()
  const [segment, setSegment] = useState(chosen)
  const [day, setDay] = useState('')
  const path = `/clients/${client.client.kind}/${client.client.id}`
  const lock = useSend((api, body: Lock) => api.send('PUT', `${path}/locks/${dimension}`, body), {
    refresh: [path, '/segments'],
    onDone: onClose,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    lock.mutate({ segment, until: day === '' ? null : new Date(`${day}T23:59:59`).toISOString() })
  }
  return (
    <Dialog
      title={t('lock.title', { dimension: t(`dimension.${dimension}`).toLowerCase() })}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isBusy={lock.isPending}>
            {t('lock.submit')}
          </Button>
        </>
      }
    >
      <p>{t('lock.text')}</p>
      <form id={form} className="lock-form" onSubmit={submit}>
        <Field label={t('filter.segment')}>
          {(aria) => (
            <select {...aria} value={segment} onChange={(event) => setSegment(event.target.value)}>
              {choices.map((choice) => (
                <option key={choice.segment} value={choice.segment}>
                  {choice.name[lang]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('lock.untilDay')} hint={t('lock.untilHint')} error={lock.error && textOf(lock.error)}>
          {(aria) => <input {...aria} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  )
}
