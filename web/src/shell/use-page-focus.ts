import { type RefObject, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'

/** Page and client of an address; what is below them are parts of one page. */
const PLACE = /^(?:\/[^/]+){3}(?:\/(?:contact|company)\/\d+)?/

/** Takes the keyboard to a page when it is opened, as a browser does with pages of its own. */
export const usePageFocus = (main: RefObject<HTMLElement | null>): void => {
  const [location] = useLocation()
  const place = PLACE.exec(location)?.[0] ?? location
  const last = useRef(place)
  useEffect(() => {
    if (last.current === place) return
    last.current = place
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [place, main])
}
