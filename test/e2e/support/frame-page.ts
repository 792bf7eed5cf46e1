/** Where the page around the app stands, on the sandbox's origin. */
export const FRAME_PATH = '/_e2e-frame'

/** A page of amoCRM that frames the app and gives it sessions as the widget does. */
export const framePage = (address: string): string => `<!doctype html>
<title>amoCRM</title>
<style>body { margin: 0 } iframe { border: 0; width: 100%; height: 100vh }</style>
<iframe src="${address}&embedded=1"></iframe>
<script>
  window.addEventListener('message', async ({ source, data }) => {
    if (data?.type !== 'amo-segments:session?') return
    const { token, accountId, expiresAt } = await window.sessionOfUser()
    source.postMessage({ type: 'amo-segments:session', token, accountId, expiresAt }, '*')
  })
</script>`
