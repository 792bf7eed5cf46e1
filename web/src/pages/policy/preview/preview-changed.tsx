import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../ui/use-format.ts'
import type { Preview } from '../policy-types.ts'

const FIGURES = ['clients', 'writes', 'tagsAdded', 'tagsRemoved', 'moves', 'tasks', 'requests'] as const

interface PreviewChangedProps {
  readonly before: Preview
  readonly now: Preview
}

/** What became different between the preview that was looked at and the moment of applying. */
export const PreviewChanged = ({ before, now }: PreviewChangedProps) => {
  const { t } = useTranslation('policy')
  const { number } = useFormat()
  const moved = FIGURES.filter((name) => before.cost[name] !== now.cost[name])
  return (
    <div className="note note-warn" role="alert">
      <p>
        <strong>{t('changed.title')}</strong> {t('changed.text')}
      </p>
      {moved.length > 0 && (
        <ul>
          {moved.map((name) => (
            <li key={name}>
              {t(`changed.${name}`)}: {number(before.cost[name])} → {number(now.cost[name])}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
