import { useTranslation } from 'react-i18next'
import type { Run } from './run-types.ts'

/** What a run was for, in words. */
export const useRunTitle = (): ((run: Pick<Run, 'run' | 'kind'>) => string) => {
  const { t } = useTranslation('runs')
  const titleOf = ({ run, kind }: Pick<Run, 'run' | 'kind'>): string => {
    if (kind === 'policy') return t('kind.policy', { version: run.slice('policy-'.length) })
    if (kind !== 'undo') return t(`kind.${kind}`)
    const undone = run.slice('undo-'.length)
    return undone.startsWith('policy-')
      ? t('kind.undoPolicy', { version: undone.slice('policy-'.length) })
      : t('kind.undo', { run: undone })
  }
  return titleOf
}
