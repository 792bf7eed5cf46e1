import { z } from 'zod'
import type { ClientView } from '../../../sync/queries/client-view.ts'
import type { ListedClient } from '../../../sync/queries/listed-clients.ts'
import { accountParams, idParam, instantSchema, isoOf, isoOfMs, isoOrNull, listOf } from '../route-answers.ts'

export const clientParams = accountParams.extend({ kind: z.enum(['contact', 'company']), clientId: idParam })

export const clientRefSchema = z.object({ kind: z.enum(['contact', 'company']), id: z.int() })

const toldSchema = z.object({ ru: z.string(), en: z.string() })

export const dimensionSchema = z.enum(['lifecycle', 'temperature', 'standing', 'value'])

export const lockSchema = z
  .object({
    dimension: z.string(),
    segment: z.string(),
    author: z.string(),
    until: instantSchema.nullable().describe('Null: until it is taken away.'),
  })
  .meta({ id: 'Lock', description: 'A segment set by hand.' })

const moveSchema = z.object({ dimension: z.string(), from: z.string().nullable(), to: z.string().nullable() })

const verdictSchema = z.object({
  answers: listOf(
    z.object({
      dimension: dimensionSchema,
      segment: z.string().nullable().describe('Of the value the tier.'),
      reason: toldSchema.describe('Its name in the account’s words, and why.'),
      until: instantSchema.nullable().describe('When it changes if nothing happens.'),
    }),
  ),
  value: z.object({
    ltv: z.number(),
    averageCheck: z.number().nullable(),
    rfm: z.object({ recency: z.int(), frequency: z.int(), monetary: z.int() }).nullable(),
  }),
  rules: listOf(z.object({ ruleId: z.string(), dealId: z.int().nullable(), reason: toldSchema })),
  nextChange: z
    .object({ at: instantSchema, text: listOf(toldSchema) })
    .nullable()
    .describe('What changes by itself next; null: nothing ever.'),
})

export const clientSchema = z
  .object({
    client: clientRefSchema,
    name: z.string().describe('Empty: not known yet.'),
    readAt: instantSchema.nullable().describe('When his card was read; null: not yet.'),
    responsibleUserId: z.int().nullable(),
    isFrozen: z.boolean().describe('Bears the stop tag: nothing is written.'),
    isHeld: z.boolean().describe('Left as he stands until he is answered differently.'),
    verdict: verdictSchema.nullable().describe('Null: not read yet, or no client under the policy.'),
    purchases: listOf(z.object({ at: instantSchema, amount: z.number(), dealIds: listOf(z.int()) })).describe(
      'Oldest first.',
    ),
    ignored: listOf(z.object({ dealId: z.int(), why: z.string(), reason: toldSchema })).describe(
      'Deals that are no purchase.',
    ),
    sleep: z
      .object({
        at: instantSchema.describe('When he falls asleep, or fell, by his purchases alone.'),
        thresholdDays: z.number().describe('Of silence after his last purchase.'),
        from: z
          .enum(['fixed', 'own_rhythm', 'account_rhythm', 'too_few_gaps'])
          .describe(
            'Where the threshold comes from: the policy, his own rhythm, that of the account, or too few gaps.',
          ),
      })
      .nullable()
      .describe('Null: he never bought.'),
    locks: listOf(lockSchema),
    history: listOf(z.object({ at: instantSchema, moves: listOf(moveSchema) })).describe('Newest first.'),
  })
  .meta({ id: 'Client', description: 'A client with all that explains him.' })

export const listedSchema = z
  .object({
    client: clientRefSchema,
    name: z.string().describe('Empty: not known yet.'),
    lifecycle: z.string().nullable(),
    temperature: z.string().nullable(),
    standing: z.string().nullable(),
    tier: z.string().nullable(),
    rules: listOf(z.string()).describe('Ids of the rules that hold; of deals as `rule#deal`.'),
    ltv: z.number(),
    purchases: z.int(),
    lastPurchaseAt: instantSchema.nullable(),
    nextChangeAt: instantSchema.nullable(),
    responsibleUserId: z.int().nullable(),
  })
  .meta({ id: 'ListedClient' })

export const clientPageSchema = z.object({
  total: z.int(),
  clients: listOf(listedSchema),
  next: z.string().nullable().describe('Cursor of the next page; null: this was the last.'),
})

export const shownClient = (view: ClientView, name: string): z.output<typeof clientSchema> => ({
  ...view,
  name,
  readAt: view.readAt === null ? null : isoOfMs(view.readAt),
  verdict: view.verdict && {
    ...view.verdict,
    answers: view.verdict.answers.map((answer) => ({ ...answer, until: isoOrNull(answer.until) })),
    nextChange: view.verdict.nextChange && {
      at: isoOf(view.verdict.nextChange.at),
      text: view.verdict.nextChange.text,
    },
  },
  purchases: view.purchases.map(({ at, amount, dealIds }) => ({ at: isoOf(at), amount, dealIds })),
  sleep: view.sleep && { ...view.sleep, at: isoOf(view.sleep.at) },
  locks: view.locks.map((lock) => ({ ...lock, until: isoOrNull(lock.until) })),
  history: view.history.map(({ at, moves }) => ({ at: isoOf(at), moves })),
})

export const shownListed = ({ segments, matches: _, ...row }: ListedClient): z.output<typeof listedSchema> => ({
  ...row,
  lifecycle: segments?.lifecycle ?? null,
  temperature: segments?.temperature ?? null,
  standing: segments?.standing ?? null,
  tier: segments?.tier ?? null,
  rules: segments?.rules ?? [],
  lastPurchaseAt: isoOrNull(row.lastPurchaseAt),
  nextChangeAt: isoOrNull(row.nextChangeAt),
})
