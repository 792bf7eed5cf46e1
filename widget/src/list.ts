import { notify } from './notify.ts'
import type { CardEntity, PlatformWidget } from './platform.ts'
import { type Service, troubleOf } from './service.ts'
import type { Words } from './words.ts'

/** As many as the service takes at once. */
const AT_ONCE = 250

/** Has the ticked cards of a list read again. `entity` of items that do not name their own type. */
export const recomputeSelected = async (
  widget: PlatformWidget,
  service: Service,
  words: Words,
  entity: CardEntity,
): Promise<void> => {
  const selected = widget.list_selected?.().selected ?? []
  const cards = selected.map(({ id, type }) => ({ entity: type === 'company' ? 'company' : entity, id: Number(id) }))
  if (cards.length === 0) return notify(words, words.list.empty, 'failed')
  try {
    for (let from = 0; from < cards.length; from += AT_ONCE) {
      const body = { cards: cards.slice(from, from + AT_ONCE) }
      await service.ofAccount({ method: 'POST', path: '/cards/recompute', body })
    }
    notify(words, words.list.queued, 'done')
  } catch (error) {
    notify(words, words.errors[troubleOf(error)], 'failed')
  }
}
