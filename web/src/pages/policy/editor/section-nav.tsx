import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { SECTION_NAMES, type SectionName, sectionOf } from '../form/fault-path.ts'
import { useEditor } from './editor-context.ts'

interface SectionNavProps {
  readonly root: string
  readonly current: SectionName | 'history'
}

/** The sections, and how much is wrong in each; a list to choose from where there is no room for them. */
export const SectionNav = ({ root, current }: SectionNavProps) => {
  const { t } = useTranslation('policy')
  const { errors } = useEditor()
  const [, navigate] = useLocation()
  const faultsIn = (name: string) => errors.filter(({ path }) => sectionOf(path) === name).length
  const names = [...SECTION_NAMES, 'history'] as const
  return (
    <nav className="section-nav" aria-label={t('editor.sections')}>
      <select
        className="section-select"
        aria-label={t('editor.sections')}
        value={current}
        onChange={(event) => navigate(`${root}/${event.target.value}`)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {t(`section.${name}`)}
            {faultsIn(name) > 0 ? ` (${t('editor.errors', { count: faultsIn(name) })})` : ''}
          </option>
        ))}
      </select>
      <ul className="section-links">
        {names.map((name) => (
          <li key={name}>
            <Link
              href={`${root}/${name}`}
              className={`section-link section-link-${name}`}
              {...(current === name ? { 'aria-current': 'page' } : {})}
            >
              {t(`section.${name}`)}
              {faultsIn(name) > 0 && (
                <span className="badge badge-bad">
                  <span aria-hidden="true">{faultsIn(name)}</span>
                  <span className="sr-only">{t('editor.errors', { count: faultsIn(name) })}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
