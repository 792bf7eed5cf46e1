import type { AccountContext } from './account-context.ts'
import type { Previewed } from './preview.ts'
import { type PreviewChanges, PreviewWork } from './preview-work.ts'

/** How long it can be told what changed since a preview, s. */
const KEPT_S = 3_600

/** Remembers what was shown, for who applies it. */
export async function keepPreview({ notes }: AccountContext, { preview, work }: Previewed): Promise<void> {
  await notes.keep(nameOf(preview.fingerprint), await work.toText(), KEPT_S)
}

/** For whom a policy would now do something else than the preview showed; null: it is not remembered any more. */
export async function changesSince(
  { notes }: AccountContext,
  fingerprint: string,
  now: PreviewWork,
): Promise<PreviewChanges | null> {
  const text = await notes.kept(nameOf(fingerprint))
  return text === null ? null : (await PreviewWork.parse(text)).changesTo(now)
}

function nameOf(fingerprint: string): string {
  return `preview:${fingerprint}`
}
