import type { AccountContext } from './account-context.ts'
import type { Previewed } from './preview.ts'
import { type PreviewChanges, PreviewWork } from './preview-work.ts'

/** How long it can be told what changed since a preview, and since how many of them: a megabyte each, in a large base. */
const KEEPING = { seconds: 3_600, most: 20 }

const KIND = 'preview'

/** Remembers what was shown, for who applies it. */
export async function keepPreview({ notes }: AccountContext, { preview, work }: Previewed): Promise<void> {
  await notes.keepFew(KIND, preview.fingerprint, await work.toText(), KEEPING)
}

/** For whom a policy would now do something else than the preview showed; null: it is not remembered any more. */
export async function changesSince(
  { notes }: AccountContext,
  fingerprint: string,
  now: PreviewWork,
): Promise<PreviewChanges | null> {
  const text = await notes.kept(`${KIND}:${fingerprint}`)
  return text === null ? null : (await PreviewWork.parse(text)).changesTo(now)
}
