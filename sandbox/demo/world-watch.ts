import type { Announcement, World } from '../world/world.ts'

/** Tells of every change in a sandbox account as it happens, whoever made it. */
export class WorldWatch {
  readonly #listeners = new Set<() => void>()

  constructor(world: World) {
    const passOn = world.announce
    world.announce = (announcement: Announcement) => {
      passOn(announcement)
      for (const listener of [...this.#listeners]) listener()
    }
  }

  /**
   * Waits until `holds` does: asked now and after every change. Answers how long that took, in ms; null: not within
   * `limitMs`.
   */
  until(holds: () => boolean, limitMs: number, from = performance.now()): Promise<number | null> {
    return new Promise((resolve, reject) => {
      const end = (took: number | null): void => {
        this.#listeners.delete(look)
        clearTimeout(timer)
        resolve(took)
      }
      const look = (): void => {
        try {
          if (holds()) end(performance.now() - from)
        } catch (error) {
          this.#listeners.delete(look)
          clearTimeout(timer)
          reject(error)
        }
      }
      const timer = setTimeout(() => end(null), limitMs)
      this.#listeners.add(look)
      look()
    })
  }
}
