import type { PlatformWidget } from './platform.ts'

const ID = 'amo-segments-style'

/** The platform loads the script alone; the style stands beside it. */
export const loadStyle = (widget: PlatformWidget): void => {
  if (document.getElementById(ID) !== null) return
  const { path, version } = widget.get_settings()
  const link = document.createElement('link')
  link.id = ID
  link.rel = 'stylesheet'
  link.href = `${path ?? widget.params?.path ?? ''}/style.css?v=${encodeURIComponent(version ?? '')}`
  document.head.append(link)
}
