/** A name as it is searched for: people type neither capitals nor `ё`. */
export const searchable = (text: string): string => text.toLocaleLowerCase('ru').replaceAll('ё', 'е')

/** Whether a name holds every word that was typed, each anywhere in it. `name` and `words` are searchable. */
export const holdsWords = (name: string, words: readonly string[]): boolean =>
  words.every((word) => name.includes(word))

export const wordsOf = (typed: string): string[] =>
  searchable(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
