import { type FrameOptions, openFrame } from './frame.ts'
import { troubleOf } from './service.ts'
import type { Words } from './words.ts'

/** The web app over the page, until it is closed. Answers how to close it. */
export const openFrameWindow = (words: Words, options: Omit<FrameOptions, 'onTrouble' | 'title'>): (() => void) => {
  const dialog = document.createElement('dialog')
  dialog.className = 'amo-segments amo-segments__window'
  dialog.setAttribute('aria-label', words.advanced.frame_title)
  const head = document.createElement('header')
  head.className = 'amo-segments__head'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'amo-segments__close'
  button.setAttribute('aria-label', words.window.close)
  button.textContent = '×'
  head.append(button)
  dialog.append(head)
  document.body.append(dialog)
  const onTrouble = (error: unknown): void => {
    frame.close()
    const sentence = document.createElement('p')
    sentence.className = 'amo-segments__note amo-segments__note_bad'
    sentence.setAttribute('role', 'alert')
    sentence.textContent = words.errors[troubleOf(error)]
    dialog.append(sentence)
  }
  const frame = openFrame(dialog, { ...options, title: words.advanced.frame_title, onTrouble })
  dialog.addEventListener('close', () => {
    frame.close()
    dialog.remove()
  })
  button.addEventListener('click', () => dialog.close())
  dialog.showModal()
  return () => dialog.close()
}
