import { EnvironmentSchema } from '../../src/config/environment-schema.ts'

/** One variable as the documentation shows it. */
export interface DocumentedSetting {
  readonly name: string
  /** What an unset variable means; empty: nothing by default. */
  readonly byDefault: string
  readonly description: string
}

/** Every variable of the schema, in its order. */
export const documentedSettings = (): DocumentedSetting[] =>
  Object.entries(EnvironmentSchema.shape).map(([name, schema]) => ({
    name,
    byDefault: defaultOf(schema),
    description: schema.description ?? '',
  }))

const defaultOf = (schema: { readonly def: object }): string => {
  const { defaultValue } = schema.def as { readonly defaultValue?: unknown }
  return defaultValue === undefined ? '' : String(defaultValue)
}

/** The rows of README's table. */
export const readmeRow = ({ name, byDefault, description }: DocumentedSetting): string =>
  `| \`${name}\` | ${byDefault === '' ? '' : `\`${byDefault}\``} | ${description} |`

/** The lines of `.env.example` for one variable. */
export const exampleLines = ({ name, byDefault, description }: DocumentedSetting): string =>
  `# ${description}\n${name}=${byDefault}`
