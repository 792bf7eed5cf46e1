import type { Policy } from '../policy-types.ts'

interface KeptDraft {
  /** Version it is based on. */
  readonly version: number
  readonly policy: Policy
}

const drafts = new Map<number, KeptDraft>()

/** Keeps what was not saved while other pages of the app are looked at; null: there is nothing to keep. */
export const keepDraft = (accountId: number, draft: KeptDraft | null): void => {
  if (draft === null) drafts.delete(accountId)
  else drafts.set(accountId, draft)
}

/** What was left unsaved on the ground of this very version; null: nothing. */
export const keptDraft = (accountId: number, version: number): Policy | null => {
  const draft = drafts.get(accountId)
  return draft?.version === version ? draft.policy : null
}
