import { useSend } from '../../../api/use-send.ts'
import type { Policy, Preview, Scope } from '../policy-types.ts'
import type { Previewed } from './policy-editor.tsx'

interface Asked {
  readonly policy: Policy
  /** The way of applying that is offered first. */
  readonly scope: Scope
}

/** Asks what a policy would do, and hands that on. */
export const usePreview = (onPreviewed: (previewed: Previewed) => void) =>
  useSend<Previewed, Asked>(
    async (api, { policy, scope }) => ({
      policy,
      scope,
      preview: await api.send<Preview>('POST', '/policy/preview', { policy }),
    }),
    { refresh: [], onDone: onPreviewed },
  )
