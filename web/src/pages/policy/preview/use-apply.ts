import { ApiError } from '../../../api/api-error.ts'
import { useSend } from '../../../api/use-send.ts'
import type { AppliedPolicy, Policy, Preview, Scope } from '../policy-types.ts'

interface Applying {
  readonly policy: Policy
  /** Version it is based on. */
  readonly base: number
  readonly scope: Scope
  /** Fingerprint of the preview that was looked at. */
  readonly previewed: string
}

interface ApplyParts {
  readonly onDone: (applied: AppliedPolicy) => void
  /** It would not do any more what its preview showed: nothing was saved, this is what it would do now. */
  readonly onChanged: (now: Preview) => void
}

/** Applies a policy just as it was previewed. */
export const useApply = ({ onDone, onChanged }: ApplyParts) =>
  useSend<AppliedPolicy | null, Applying>(
    async (api, body) => {
      try {
        return await api.send<AppliedPolicy>('POST', '/policy/apply', body)
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'preview_outdated') throw error
        onChanged(error.problem.preview as Preview)
        return null
      }
    },
    { onDone: (applied) => applied && onDone(applied), refresh: ['/runs', '/policy/versions'] },
  )
