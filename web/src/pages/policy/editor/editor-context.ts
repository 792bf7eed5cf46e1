import { createContext, use } from 'react'
import { useTranslation } from 'react-i18next'
import { faultsAt } from '../form/fault-path.ts'
import { faultText } from '../form/fault-text.ts'
import type { Catalogue, PolicyFault } from '../policy-types.ts'

/** What every part of the editor shares. */
export interface Editor {
  readonly catalogue: Catalogue
  readonly errors: readonly PolicyFault[]
  readonly warnings: readonly PolicyFault[]
  /** Why nothing may be changed; null: it may. */
  readonly readOnly: string | null
}

export const EditorContext = createContext<Editor | null>(null)

/** Anywhere inside the editor of a policy. */
export const useEditor = (): Editor => {
  const editor = use(EditorContext)
  if (editor === null) throw new Error('there is no policy editor around this component')
  return editor
}

export interface FaultTexts {
  readonly error: string | null
  readonly warning: string | null
}

/** What is wrong at a place of the policy, in the reader's language. */
export const useFaults = (path: string, options?: { readonly within?: boolean }): FaultTexts => {
  const { errors, warnings } = useEditor()
  const { t } = useTranslation('policy')
  const [error] = faultsAt(errors, path, options)
  const [warning] = faultsAt(warnings, path, options)
  return { error: error ? faultText(error, t) : null, warning: warning ? faultText(warning, t) : null }
}
