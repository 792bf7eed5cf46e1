#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import closeWithGrace from 'close-with-grace'
import { createProgram, type RunPart } from './cli/create-program.ts'
import { ConfigError } from './config/config-error.ts'
import { loadConfig } from './config/load-config.ts'
import { createLogger } from './logger.ts'

const CLOSING_LIMIT_MS = 25_000

/**
 * How much larger than what lives the heap may grow before it is collected, %. Left alone, Node lets it grow to twice the
 * size: a large base took 330 MB at its first reading, so 180, for a sixth more CPU (docs/performance.md).
 */
const HEAP_GROWING_PERCENT = 30

/** Runs one part of the program until a signal ends it; a second signal ends it at once. */
const run: RunPart = async (part, { keyRoot }) => {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`)
  const { config, warnings } = loadConfig()
  const logger = createLogger(config.logLevel)
  for (const warning of warnings) logger.warn(warning)
  const { buildApp } = await import('./app.ts')
  const app = await buildApp(config, { part, logger, ...(keyRoot === undefined ? {} : { keyRoot }) })
  const closer = closeWithGrace({ delay: CLOSING_LIMIT_MS + 1_000, logger }, async ({ signal, err }) => {
    if (err) logger.fatal({ err }, 'closing because of an error nobody caught')
    else logger.info({ signal }, 'closing')
    const closing = await app.close(CLOSING_LIMIT_MS)
    for (const { name, error } of closing.failures) logger.error({ err: error, name }, 'could not be closed')
    if (closing.type === 'late') logger.error({ name: closing.name }, 'did not close in time')
    else logger.info('closed')
  })
  try {
    await app.start()
  } catch (error) {
    // What did not start is closed already; left alone, it would end the process as if all were well.
    closer.uninstall()
    throw error
  }
}

try {
  await createProgram(run).parseAsync()
} catch (error) {
  if (error instanceof ConfigError) console.error(error.message)
  else createLogger('info').fatal({ err: error }, 'could not start')
  process.exitCode = 1
}
