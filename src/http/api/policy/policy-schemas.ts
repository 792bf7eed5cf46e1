import { z } from 'zod'
import { parseClientKey } from '../../../store/client-key.ts'
import type { StoredPolicy } from '../../../store/policy-store.ts'
import { instantSchema, isoOfMs, listOf } from '../route-answers.ts'

/** A policy holds hundreds of rules at most. */
export const POLICY_BODY_BYTES = 512 * 1024

export const policyInput = z
  .record(z.string(), z.unknown())
  .describe('A policy as GET /policy/schema describes it; everything may be left out.')

const version = z.int().min(0).max(1_000_000_000)

export const baseInput = version.describe('Version this change is based on; 0: none was saved yet.')

const scope = z.enum(['all', 'only_new', 'trial'])

export const scopeInput = scope
  .default('all')
  .describe(
    '`all`: every client is made to agree. `only_new`: those who are answered differently from now on. ' +
      '`trial`: besides these the few that the preview names under `trial`; apply the same policy to `all` later.',
  )

const clientRef = z.object({ kind: z.enum(['contact', 'company']), id: z.int() })

export const versionSchema = z
  .object({
    version,
    savedAt: instantSchema.nullable(),
    author: z.string().nullable(),
    scope: scope.nullable().describe('How it was brought to the clients; null: it was there first.'),
    trial: listOf(clientRef).describe('Clients of a trial.'),
  })
  .meta({ id: 'PolicyVersion' })

export const policyAnswer = versionSchema.extend({ policy: z.unknown() }).meta({ id: 'Policy' })

export const faultSchema = z
  .object({
    path: z.string().describe('Where, e.g. `rules[2].when.all[1].fact`.'),
    message: z.string(),
    advice: z.string().optional().describe('What to do about it.'),
  })
  .meta({ id: 'PolicyFault' })

export const appliedSchema = z
  .object({
    version,
    run: z.string().describe('Run that makes the clients agree.'),
    work: z.enum(['redecide', 'backfill']).describe('Whether the mirror suffices, or the base is read again.'),
  })
  .meta({ id: 'AppliedPolicy' })

const counts = z.record(z.string(), z.int()).describe('Clients by `dimension:segment`.')

export const previewSchema = z
  .object({
    clients: z.int(),
    unread: z.int().describe('Clients whose own card was not read yet; they are not in these figures.'),
    before: counts,
    after: counts,
    moves: listOf(
      z.object({
        dimension: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        clients: z.int(),
        examples: listOf(clientRef),
      }),
    ),
    cost: z.object({
      clients: z.int().describe('Clients for whom anything is written.'),
      writes: z.int(),
      tagsAdded: z.int(),
      tagsRemoved: z.int(),
      fields: z.int(),
      moves: z.int().describe('Deals moved to another status.'),
      cards: z.int(),
      tasks: z.int(),
      tasksByUser: z.record(z.string(), z.int()),
      otherActions: z.int(),
      requests: z.int().describe('Requests to amoCRM, those for reading included.'),
      reading: z.int(),
      minutes: z.number(),
    }),
    needsReading: z.boolean().describe('The base has to be read again first; the figures are without what it brings.'),
    trial: listOf(clientRef).describe('Clients that the scope `trial` would write: a few of them, drawn by chance.'),
    fingerprint: z.string().describe('Send it with the policy to apply just this.'),
  })
  .meta({ id: 'Preview', description: 'What a policy would do to the whole base.' })

const sampledDeal = z.object({
  dealId: z.int(),
  client: clientRef,
  pipelineId: z.int(),
  statusId: z.int(),
  price: z.number().nullable(),
  at: instantSchema.describe('Of a purchase its instant, else when the deal was made.'),
})

export const purchaseSampleSchema = z
  .object({
    counted: z.object({
      deals: z.int(),
      sum: z.number(),
      newest: listOf(
        sampledDeal.extend({
          datedBy: z
            .enum(['closing', 'field', 'status', 'change'])
            .describe('Its closing, the date field, its entry into the status, or its last change.'),
        }),
      ),
    }),
    ignored: z.object({
      deals: z.int(),
      byReason: z.record(z.string(), z.int()),
      newest: listOf(sampledDeal.extend({ why: z.string(), reason: z.object({ ru: z.string(), en: z.string() }) })),
    }),
    needsReading: z.boolean().describe('The date field has to be read first; until then other instants are shown.'),
  })
  .meta({ id: 'PurchaseSample', description: 'Which deals a policy counts as purchases, and which not.' })

const boundsSchema = listOf(z.number()).describe('Four rising bounds.')

export const rfmSuggestionSchema = z
  .object({
    buyers: z.int(),
    bounds: z
      .object({ recencyDays: boundsSchema, frequency: boundsSchema, monetary: boundsSchema })
      .nullable()
      .describe('Bounds that cut the buyers into fifths, as `value.rfm` takes them; null: too few buyers.'),
  })
  .meta({ id: 'RfmSuggestion', description: 'Bounds of the RFM scores that fit the buyers of an account.' })

export const shownVersion = ({ version, savedAt, author, rollout }: StoredPolicy): z.output<typeof versionSchema> => ({
  version,
  savedAt: isoOfMs(savedAt),
  author,
  scope: rollout?.scope ?? null,
  trial: (rollout?.clients ?? []).map(parseClientKey).filter((ref) => ref !== null),
})
