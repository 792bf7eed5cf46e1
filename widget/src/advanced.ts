import { openFrame } from './frame.ts'
import type { PlatformWidget } from './platform.ts'
import { type Service, troubleOf } from './service.ts'
import { serviceLanguage, type Words } from './words.ts'

/** The web app on the page of the widget’s advanced settings. Answers how to close it. */
export const showAdvanced = (widget: PlatformWidget, service: Service, words: Words): (() => void) => {
  const { widget_code } = widget.get_settings()
  const host = document.getElementById(`work-area-${widget_code}`) ?? document.getElementById('list_page_holder')
  if (host === null) return () => {}
  const root = document.createElement('div')
  root.className = 'amo-segments amo-segments__advanced'
  host.replaceChildren(root)
  const frame = openFrame(root, {
    ...{ service, language: serviceLanguage(words), title: words.advanced.frame_title, page: '' },
    onTrouble: (error) => {
      frame.close()
      const sentence = document.createElement('p')
      sentence.className = 'amo-segments__note amo-segments__note_bad'
      sentence.setAttribute('role', 'alert')
      sentence.textContent = words.errors[troubleOf(error)]
      root.replaceChildren(sentence)
    },
  })
  return frame.close
}
