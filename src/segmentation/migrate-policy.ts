/** The form of policies this program writes. Raise it together with a new step in `MIGRATIONS`. */
export const POLICY_SCHEMA_VERSION = 1

type Draft = Readonly<Record<string, unknown>>

/** Turns a policy of schema version n, taken at its index n - 1, into one of version n + 1. */
export type Migration = (policy: Draft) => Draft

const MIGRATIONS: readonly Migration[] = []

const isDraft = (input: unknown): input is Draft => typeof input === 'object' && input !== null && !Array.isArray(input)

/**
 * Brings a stored policy of an older schema version to the present one, step by step. Anything else (not an object,
 * no version, an unknown or newer version) is handed on as it is: the schema says what is wrong with it.
 */
export const migratePolicy = (input: unknown, migrations: readonly Migration[] = MIGRATIONS): unknown => {
  if (!isDraft(input)) return input
  const version = input.schemaVersion
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return input
  return migrations
    .slice(version - 1)
    .reduce<Draft>((policy, step, index) => ({ ...step(policy), schemaVersion: version + index + 1 }), input)
}
