import { type RefObject, useEffect } from 'react'

/** Lets the keyboard reach a place as long as there is something to scroll in it. */
export const useScrollFocus = (place: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const watching = new ResizeObserver(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element
      element.tabIndex = scrollWidth > clientWidth || scrollHeight > clientHeight ? 0 : -1
    })
    watching.observe(element)
    for (const child of element.children) watching.observe(child)
    return () => watching.disconnect()
  }, [place])
}
