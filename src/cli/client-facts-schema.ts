import { z } from 'zod'
import { type ClientFacts, type ClientKind, type DealFacts, LOST, type Seconds, WON } from '../segmentation/facts.ts'
import { secondsSchema } from './seconds-schema.ts'

const idSchema = z.int().min(1)
const instant = secondsSchema.nullable().default(null)
const tagsSchema = z.array(z.string()).default([])

const scalarSchema = z.union([z.string(), z.number(), z.boolean()])

/** A field may be written as its value, as a list of values, or in full. */
const fieldSchema = z.union([
  scalarSchema.transform((value) => ({ values: [value] })),
  z.array(scalarSchema).transform((values) => ({ values })),
  z
    .strictObject({ values: z.array(scalarSchema), enumIds: z.array(z.int()).optional() })
    .transform(({ values, enumIds }) => (enumIds === undefined ? { values } : { values, enumIds })),
])

const fieldsSchema = z.record(z.string().regex(/^\d+$/, 'A field is named by its id'), fieldSchema).default({})

const dealSchema = z
  .strictObject({
    id: idSchema,
    pipelineId: idSchema.default(1),
    statusId: idSchema,
    price: z.number().nullable().default(null),
    createdAt: secondsSchema.optional(),
    updatedAt: secondsSchema.optional(),
    closedAt: instant,
    statusSince: instant,
    lossReasonId: idSchema.nullable().default(null),
    responsibleUserId: z.int().min(0).default(0),
    tags: tagsSchema,
    fields: fieldsSchema,
    sourceId: idSchema.nullable().default(null),
  })
  .refine((deal) => !isClosed(deal.statusId) || latestOf(deal) !== null, {
    path: ['closedAt'],
    message: 'A closed deal needs closedAt (or statusSince, updatedAt, createdAt): when was it closed?',
  })

const lockSchema = z.strictObject({
  dimension: z.string(),
  segment: z.string(),
  author: z.string().default(''),
  until: instant,
})

const clientSchema = z.strictObject({
  kind: z.enum(['contact', 'company']).optional(),
  id: idSchema,
  createdAt: secondsSchema.optional(),
  responsibleUserId: z.int().min(0).default(0),
  tags: tagsSchema,
  fields: fieldsSchema,
  hasPhone: z.boolean().optional(),
  hasEmail: z.boolean().optional(),
  incomingAt: instant,
  deals: z.array(dealSchema).default([]),
  locks: z.array(lockSchema).default([]),
})

type SparseDeal = z.infer<typeof dealSchema>
type SparseClient = z.infer<typeof clientSchema>

const isClosed = (statusId: number): boolean => statusId === WON || statusId === LOST

/** The instants a deal may come with. */
interface Instants {
  readonly createdAt?: Seconds | undefined
  readonly updatedAt?: Seconds | undefined
  readonly closedAt: Seconds | null
  readonly statusSince: Seconds | null
}

const latestOf = (deal: Instants): Seconds | null => {
  const known = [deal.createdAt, deal.updatedAt, deal.closedAt, deal.statusSince].filter((at) => typeof at === 'number')
  return known.length === 0 ? null : Math.max(...known)
}

const earliestOf = (instants: readonly (Seconds | null | undefined)[]): Seconds | null => {
  const known = instants.filter((at) => typeof at === 'number')
  return known.length === 0 ? null : Math.min(...known)
}

const wholeDeal = (deal: SparseDeal, now: Seconds): DealFacts => {
  const createdAt = deal.createdAt ?? earliestOf([deal.updatedAt, deal.closedAt, deal.statusSince]) ?? now
  return { ...deal, createdAt, updatedAt: deal.updatedAt ?? latestOf(deal) ?? createdAt }
}

/** Where neither phone nor e-mail is spoken of, the client is taken to be reachable: nothing says he is not. */
const wholeClient = (client: SparseClient, kind: ClientKind, now: Seconds): ClientFacts => {
  const deals = client.deals.map((deal) => wholeDeal(deal, now))
  return {
    ...client,
    kind: client.kind ?? kind,
    createdAt: client.createdAt ?? earliestOf(deals.map((deal) => deal.createdAt)) ?? now,
    hasPhone: client.hasPhone ?? client.hasEmail === undefined,
    hasEmail: client.hasEmail ?? false,
    deals,
  }
}

/** What a line of a facts file leaves out is filled in from these. */
export interface FactsDefaults {
  readonly kind: ClientKind
  /** The instant asked about: who has no instant at all was created then. */
  readonly now: Seconds
}

/** One client of a facts file; of everything but ids and statuses, what is left out has a default. */
export const clientFactsSchema = ({ kind, now }: FactsDefaults) =>
  clientSchema.transform((client) => wholeClient(client, kind, now))
