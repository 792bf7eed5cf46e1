/** How a part of an entity stood before our first write to it, and as our last one left it. */
export interface Change<Part> {
  readonly before: Part
  readonly after: Part
  /** A person changed it between two of our writes: what we did before that is over. */
  readonly isCut?: boolean
}

/** How a part stands now: as our last write left it, as before the first, or otherwise. */
export type Side = 'as_left' | 'as_before' | 'neither'

type IsSame<Part> = (one: Part, other: Part) => boolean

/** Joins a write that was made before those that are known. */
export function earlier<Part>(
  known: Change<Part> | undefined,
  before: Part,
  after: Part,
  isSame: IsSame<Part>,
): Change<Part> {
  if (known === undefined) return { before, after }
  if (known.isCut || !isSame(after, known.before)) return { ...known, isCut: true }
  return { before, after: known.after }
}

export function isChanged<Part>({ before, after }: Change<Part>, isSame: IsSame<Part>): boolean {
  return !isSame(before, after)
}

export function sideOf<Part>({ before, after }: Change<Part>, now: Part, isSame: IsSame<Part>): Side {
  if (isSame(now, after)) return 'as_left'
  return isSame(now, before) ? 'as_before' : 'neither'
}
