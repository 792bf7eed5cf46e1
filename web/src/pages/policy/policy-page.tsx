import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PageSkeleton } from '../../ui/skeleton.tsx'
import { PolicyEditor } from './editor/policy-editor.tsx'
import type { Catalogue, PolicyAnswer } from './policy-types.ts'
import './inputs/inputs.css'
import './policy.css'
import './sections/sections.css'
import './preview/preview.css'
import './rules/rules.css'

/** The policy of the account: every setting, what a change would do, and what was before. */
export const PolicyPage = () => {
  const { t } = useTranslation('policy')
  const policy = useGet<PolicyAnswer>('/policy')
  const catalogue = useGet<Catalogue>('/catalogue')
  const both = {
    data: policy.data && catalogue.data && { stored: policy.data, catalogue: catalogue.data },
    error: policy.error ?? catalogue.error,
    refetch: () => Promise.all([policy.refetch(), catalogue.refetch()]),
  }
  return (
    <Page title={t('title')} text={t('text')}>
      <Loaded query={both} skeleton={<PageSkeleton />}>
        {(found) => <PolicyEditor {...found} />}
      </Loaded>
    </Page>
  )
}
