/** How long a browser may take to begin saving, ms. */
const BEGIN_MS = 60_000

/** Has the browser save what is in memory: an address alone could not carry the session. */
export const saveFile = (content: Blob, name: string): void => {
  const href = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(href), BEGIN_MS)
}
