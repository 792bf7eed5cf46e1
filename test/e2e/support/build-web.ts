import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the web app, built for this run. */
    webRoot: string
  }
}

const VITE = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url))
const WEB = fileURLToPath(new URL('../../../web', import.meta.url))

/** Builds the web app as it is delivered, into a folder that goes with the run. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const webRoot = await mkdtemp(join(tmpdir(), 'amo-segments-web-'))
  // In a process of its own: under the tests' NODE_ENV it would come out as for development.
  await promisify(execFile)(process.execPath, [VITE, 'build', WEB, '--outDir', webRoot, '--logLevel', 'warn'], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  project.provide('webRoot', webRoot)
  return () => rm(webRoot, { recursive: true, force: true })
}
