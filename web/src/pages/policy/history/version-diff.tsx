import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/use-api.ts'
import { useGet } from '../../../api/use-get.ts'
import { Loaded } from '../../../ui/loaded.tsx'
import type { PolicyCheck } from '../policy-types.ts'

type Words = Pick<PolicyCheck, 'changes'>['changes']

/** What a version changed of the one before it, in words. */
export const VersionDiff = ({ version }: { readonly version: number }) => (
  <div className="version-diff">{version > 1 ? <StoredDiff version={version} /> : <FirstVersion />}</div>
)

const StoredDiff = ({ version }: { readonly version: number }) => {
  const { lang } = useApi()
  const diff = useGet<NonNullable<Words>>('/policy/diff', { from: version - 1, to: version })
  return <Loaded query={diff}>{(words) => <Changes words={words[lang]} />}</Loaded>
}

/** Before the first version the default was in force, which differs from account to account. */
const FirstVersion = () => {
  const { t } = useTranslation('policy')
  return <p className="muted">{t('history.first')}</p>
}

const Changes = ({ words }: { readonly words: readonly string[] }) => {
  const { t } = useTranslation('policy')
  return words.length === 0 ? (
    <p className="muted">{t('history.same')}</p>
  ) : (
    <ul className="changes">
      {words.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
  )
}
