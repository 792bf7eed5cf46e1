import type { z } from 'zod'
import type { ClientFacts } from '../segmentation/facts.ts'
import { clientFactsSchema, type FactsDefaults } from './client-facts-schema.ts'
import { issueText } from './read-account-file.ts'

/** A facts file, read: the clients of its good lines, and the faults of the others. */
export interface ClientsFile {
  readonly clients: readonly { readonly line: number; readonly client: ClientFacts }[]
  /** `line 3: deals[0].statusId: …`, by rising line. */
  readonly faults: readonly string[]
}

type Line = { readonly type: 'client'; readonly client: ClientFacts } | { readonly type: 'bad'; readonly why: string[] }

const readLine = (text: string, schema: z.ZodType<ClientFacts>): Line => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { type: 'bad', why: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] }
  }
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { type: 'client', client: parsed.data }
    : { type: 'bad', why: parsed.error.issues.map(issueText) }
}

/** Reads one client per line; empty lines are passed over, bad ones are told of and left out. */
export const readClients = (content: string, defaults: FactsDefaults): ClientsFile => {
  const schema = clientFactsSchema(defaults)
  const clients: { line: number; client: ClientFacts }[] = []
  const faults: string[] = []
  for (const [index, text] of content.split('\n').entries()) {
    if (text.trim() === '') continue
    const read = readLine(text, schema)
    if (read.type === 'client') clients.push({ line: index + 1, client: read.client })
    else faults.push(...read.why.map((why) => `line ${index + 1}: ${why}`))
  }
  return { clients, faults }
}
