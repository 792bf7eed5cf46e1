import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Passes installations on to the product, each as if it came from an address of its own, as those of many accounts do:
 * the product takes only so many a minute from one. It ends with its process.
 */
export async function redirectRelay(productUrl: string): Promise<string> {
  let last = 0
  const server = createServer(async ({ url = '/' }, response) => {
    last += 1
    const from = `203.0.${(last >> 8) & 255}.${last & 255}`
    const answer = await fetch(new URL(url, productUrl), {
      headers: { 'x-forwarded-for': from },
      redirect: 'manual',
    }).catch(() => null)
    await answer?.body?.cancel()
    response.writeHead(answer?.status ?? 502).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}
