import { useTranslation } from 'react-i18next'
import { useRoute } from 'wouter'
import { useAccount } from '../../../api/account.ts'
import { FileButtons } from '../files/file-buttons.tsx'
import { SECTION_NAMES, type SectionName } from '../form/fault-path.ts'
import { HistoryView } from '../history/history-view.tsx'
import type { Policy, PolicyAnswer } from '../policy-types.ts'
import { useEditor } from './editor-context.ts'
import { EditorNotices } from './editor-notices.tsx'
import type { Previewed } from './policy-editor.tsx'
import { SaveBar } from './save-bar.tsx'
import { SectionNav } from './section-nav.tsx'
import { SectionView } from './section-view.tsx'

export interface EditorTabsProps {
  readonly base: PolicyAnswer
  /** The version that is in force by now. */
  readonly newest: PolicyAnswer
  readonly onRebase: (answer: PolicyAnswer) => void
  readonly onLoad: (policy: Policy) => void
  readonly onPreviewed: (previewed: Previewed) => void
}

/** The sections of the form by their addresses, `/policy/rules` and so on, and the past at `/policy/history`. */
export const EditorTabs = ({ base, newest, onRebase, onLoad, onPreviewed }: EditorTabsProps) => {
  const { t } = useTranslation('policy')
  const { account } = useAccount()
  const { readOnly } = useEditor()
  const root = `/accounts/${account.id}/policy`
  const [, params] = useRoute<{ view?: string }>(`${root}/:view?`)
  const view = params?.view
  const section: SectionName | 'history' =
    view === 'history' ? 'history' : (SECTION_NAMES.find((name) => name === view) ?? 'purchases')
  return (
    <div className="policy">
      <EditorNotices base={base} newest={newest} onRebase={onRebase} onPreviewed={onPreviewed} />
      <div className="policy-columns">
        <div className="policy-side">
          <SectionNav root={root} current={section} />
          <FileButtons base={base} onLoad={onLoad} />
        </div>
        <div className="policy-main">
          {readOnly && <p className="note">{readOnly}</p>}
          {section === 'history' ? (
            <HistoryView current={newest} onLoad={onLoad} onPreviewed={onPreviewed} />
          ) : (
            <fieldset className="plain" disabled={readOnly !== null}>
              <legend className="sr-only">{t(`section.${section}`)}</legend>
              <SectionView section={section} />
            </fieldset>
          )}
        </div>
      </div>
      {section !== 'history' && <SaveBar base={base} onDiscard={() => onRebase(base)} onPreviewed={onPreviewed} />}
    </div>
  )
}
