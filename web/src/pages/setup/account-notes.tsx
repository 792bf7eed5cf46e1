import { useTranslation } from 'react-i18next'
import type { Account } from '../../api/types.ts'
import { When } from '../../ui/when.tsx'
import { Note } from './note.tsx'

/** What hinders the account's work, and what helps. */
export const AccountNotes = ({ account }: { readonly account: Account }) => {
  const { t, i18n } = useTranslation('setup')
  const { pausedBy, problem, removal, hooks, status } = account
  return (
    <>
      {pausedBy && (
        <Note tone="warn" title={t('note.paused')}>
          {t('note.pausedBy', { author: authorOf(pausedBy.author) })} <When at={pausedBy.at} as="moment" />.{' '}
          {t('note.pausedText')}
        </Note>
      )}
      {problem && (
        <Note tone="bad" title={t('note.problem')}>
          {i18n.exists(`setup:problem.${problem.code}`) ? t(`problem.${problem.code}`) : problem.message}{' '}
          {t('note.since')} <When at={problem.since} as="moment" />.{' '}
          {problem.retryAt === null ? (
            t('note.act')
          ) : (
            <>
              {t('note.retry')} <When at={problem.retryAt} as="relative" />.
            </>
          )}
        </Note>
      )}
      {removal && (
        <Note tone="bad" title={t('note.removed')}>
          {t('note.removedBy', { author: authorOf(removal.by) })} <When at={removal.at} as="moment" />.{' '}
          {t('note.erase')} <When at={removal.eraseAt} />. {t(removal.canCleanUp ? 'note.again' : 'note.noAccess')}
        </Note>
      )}
      {status !== 'disconnected' && hooks !== 'subscribed' && (
        <Note tone="warn" title={t(`hooks.${hooks}`)}>
          {t(`hooksText.${hooks}`)}
        </Note>
      )}
    </>
  )

  /** Who is not a person has a name of ours. */
  function authorOf(author: string): string {
    return i18n.exists(`setup:author.${author}`) ? t(`author.${author}`) : author
  }
}
