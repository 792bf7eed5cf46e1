import { readFileSync } from 'node:fs'
import { parse } from 'dotenv'
import { type Config, parseConfig, type RawEnvironment } from '../config.ts'
import { developmentKey } from './development-key.ts'

/** The configuration of this process, and what the log should say about it. */
export interface LoadedConfig {
  readonly config: Config
  readonly warnings: readonly string[]
}

export interface LoadOptions {
  /** Default: `process.env`. */
  readonly environment?: RawEnvironment
  readonly envFile?: string
  readonly dataDir?: string
}

/**
 * Reads `.env` of the working folder below the real environment, and outside production makes an encryption key where
 * none is set, so that a first try works.
 *
 * @throws ConfigError listing every malformed variable.
 */
export const loadConfig = ({
  environment = process.env,
  envFile = '.env',
  dataDir = '.data',
}: LoadOptions = {}): LoadedConfig => {
  const config = parseConfig({ ...readEnvFile(envFile), ...filled(environment) }, dataDir)
  if (config.production || config.encryptionKeys.length > 0) return { config, warnings: [] }
  const { key, file } = developmentKey(dataDir)
  const missing = config.missing.filter((name) => name !== 'ENCRYPTION_KEY')
  return {
    config: { ...config, encryptionKeys: [key], missing },
    warnings: [`ENCRYPTION_KEY is not set; using the one kept in ${file}. Set it before going to production.`],
  }
}

const readEnvFile = (file: string): Record<string, string> => {
  try {
    return parse(readFileSync(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

/** An empty variable of the environment does not hide the one in the file. */
const filled = (raw: RawEnvironment): RawEnvironment =>
  Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value.trim() !== ''))
