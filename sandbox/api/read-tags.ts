import type { TagChange } from '../changes/patch.ts'
import type { TagDictionary, TagRef } from '../world/tag-dictionary.ts'
import type { ItemReader } from './item-reader.ts'

/**
 * Reads the tags of an item. `_embedded.tags` replaces the whole set (null clears) and then `tags_to_add` and
 * `tags_to_delete` are ignored (platform: tags).
 */
export function readTags(
  reader: ItemReader,
  embedded: ItemReader | undefined,
  dictionary: TagDictionary,
): TagChange | undefined {
  const add = readRefs(reader, 'tags_to_add', dictionary)
  const remove = readRefs(reader, 'tags_to_delete', dictionary)
  if (embedded?.has('tags') === true) return { type: 'replace', tags: readRefs(embedded, 'tags', dictionary) }
  if (!reader.has('tags_to_add') && !reader.has('tags_to_delete')) return undefined
  return { type: 'mutate', add, remove }
}

const REF_KEYS = new Set(['id', 'name'])

function readRefs(reader: ItemReader, key: string, dictionary: TagDictionary): readonly TagRef[] {
  return reader.objects(key).flatMap((entry): TagRef[] => {
    entry.onlyKeys(REF_KEYS)
    const id = entry.whole('id')
    if (id !== undefined) {
      if (dictionary.byId(id) !== undefined) return [{ id }]
      entry.refuse('NotSupportedChoice', 'id', 'The value you selected is not a valid choice.')
      return []
    }
    const name = entry.text('name')
    if (name !== undefined && name.trim() !== '') return [{ name }]
    entry.refuse('NotBlank', 'name', 'This value should not be blank.')
    return []
  })
}
