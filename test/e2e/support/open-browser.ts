import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  // A page that a test answers itself counts as one from outside, which may not open what is on this machine.
  '--disable-features=LocalNetworkAccessChecks',
]

/** A headless Chromium; whoever opens it closes it. */
export const openBrowser = async (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('no Chromium on PATH nor in CHROMIUM_PATH')
  return chromium.launch({ executablePath, headless: true, args: QUIET })
}
