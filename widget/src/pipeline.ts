import type { NamedSegment } from './panel-model.ts'
import type { PlatformWidget } from './platform.ts'
import { type Service, troubleOf } from './service.ts'
import template from './templates/pipeline.twig?raw'
import { serviceLanguage, type Words } from './words.ts'

const MODES = ['recompute', 'act'] as const

/**
 * The settings of our action in the Digital Pipeline. The platform draws a text field for each; they keep the values
 * and are hidden behind two lists to choose from. The key tells the service that the account’s own pipeline calls.
 */
export const showPipelineSettings = async (widget: PlatformWidget, service: Service, words: Words): Promise<void> => {
  const { widget_code } = widget.get_settings()
  const shorts = document.querySelectorAll(`.digital-pipeline__short-task_widget-style_${CSS.escape(widget_code)}`)
  // Of several actions of ours the one being edited has its form open; it was drawn last.
  const form = [...shorts]
    .map((short) => short.parentElement?.parentElement?.querySelector('[data-action="send_widget_hook"]'))
    .findLast((found) => found != null)
  if (form == null) return
  const field = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`)
  const [mode, segment, key] = [field('mode'), field('segment'), field('key')]
  if (mode === null || segment === null || key === null) return
  for (const { parentElement } of [mode, segment, key]) parentElement?.setAttribute('hidden', '')
  if (mode.value === '') put(mode, 'recompute')

  const root = document.createElement('div')
  root.className = 'amo-segments amo-segments__pipeline'
  mode.parentElement?.before(root)
  const show = (groups: ReturnType<typeof groupsOf>, trouble: string): void => {
    root.innerHTML = widget.render(
      { data: template },
      { words: words.dp, modes: modesOf(mode.value, words), isAct: mode.value === 'act', groups, trouble },
    )
    const [modes, segments] = [...root.querySelectorAll('select')]
    modes?.addEventListener('change', () => {
      put(mode, modes.value)
      show(groups, trouble)
      root.querySelector('select')?.focus()
    })
    segments?.addEventListener('change', () => put(segment, segments.value))
  }
  show([], '')
  try {
    if (key.value === '') {
      put(key, (await service.ofAccount<{ key: string }>({ method: 'GET', path: '/digital-pipeline' })).key)
    }
    const { segments } = await service.ofAccount<{ segments: NamedSegment[] }>({ method: 'GET', path: '/segments' })
    show(groupsOf(segments, segment.value, words), '')
  } catch (error) {
    const trouble = troubleOf(error)
    show([], trouble === 'admin_only' ? words.dp.no_key : words.errors[trouble])
  }
}

/** As if it was typed: the platform saves what it saw change. */
const put = (field: HTMLInputElement, value: string): void => {
  field.value = value
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
}

const modesOf = (chosen: string, words: Words) =>
  MODES.map((value) => ({ value, name: words.dp[value], isChosen: value === chosen }))

const GROUPS = ['lifecycle', 'temperature', 'standing', 'tier'] as const

const groupsOf = (segments: readonly NamedSegment[], chosen: string, words: Words) => {
  const language = serviceLanguage(words)
  const group = (name: string, has: (dimension: string) => boolean) => ({
    name,
    segments: segments
      .filter(({ dimension }) => has(dimension))
      .map(({ dimension, segment, name: names }) => {
        const value = `${dimension}:${segment}`
        return { value, name: names[language], isChosen: value === chosen }
      }),
  })
  return [
    ...GROUPS.map((dimension) =>
      group(words.lock[dimension === 'tier' ? 'value' : dimension], (name) => name === dimension),
    ),
    group(words.dp.rules, (name) => name.startsWith('rule:')),
  ].filter((one) => one.segments.length > 0)
}
