import { notifications } from './platform.ts'
import type { Words } from './words.ts'

/** Says something in the platform’s own way. */
export const notify = ({ widget }: Words, text: string, kind: 'done' | 'failed'): void => {
  const shown = notifications()
  const message = { header: widget.name, text }
  if (kind === 'failed' && shown.show_message_error !== undefined) shown.show_message_error(message)
  else shown.show_message?.(message)
}
