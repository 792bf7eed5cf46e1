import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Config } from '../../../config.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { redisHealth } from '../../../sync/queries/redis-health.ts'
import { SETTING_ADVICE } from '../../pages/setting-advice.ts'
import { RATES } from '../rate-limits.ts'
import { answers, listOf } from '../route-answers.ts'

export const serviceSchema = z
  .object({
    missing: listOf(z.object({ name: z.string(), advice: z.object({ ru: z.string(), en: z.string() }) })).describe(
      'Settings without which something does not work, and what to do about each.',
    ),
    publicUrl: z.string().nullable().describe('Where amoCRM reaches the service.'),
    redirectUri: z.string().nullable().describe('To be named in the integration’s settings.'),
    disconnectUri: z.string().nullable().describe('The same, for the hook of a removal.'),
    access: z.enum(['oauth', 'long_lived', 'none']).describe('How accounts let the service in.'),
    trialOrigin: z.string().nullable().describe('Where all requests go instead of to amoCRM; null: to amoCRM.'),
    encryptionKeys: z.int().describe('More than one: a rotation is under way.'),
    requestsPerSecond: z.number().describe('To one account, at most.'),
    removedAccountDays: z.int().describe('Then all data of a removed account is erased.'),
    journal: z.object({ days: z.int(), entries: z.int() }).describe('What is kept of an account’s writes, at most.'),
    redis: z.object({
      version: z.string().nullable(),
      usedBytes: z.number().nullable(),
      maxBytes: z.number().nullable().describe('0: as much as there is.'),
      isAppendOnly: z.boolean().nullable().describe('Whether a restart of Redis loses nothing.'),
      evictionPolicy: z.string().nullable().describe('Anything but `noeviction` loses data when memory is full.'),
    }),
  })
  .meta({ id: 'Service', description: 'How the service itself is set up.' })

/** How the service is set up and what is missing; secrets are not told. */
export const serviceRoute = (config: Config, office: Pick<Office, 'redis'>) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/service',
    {
      config: { access: 'ops', ...RATES.read },
      schema: {
        tags: ['accounts'],
        summary: 'How the service is set up, and what is missing',
        security: [{ bearer: [] }],
        response: answers({ 200: serviceSchema }),
      },
    },
    async () => ({ ...setUp(config), redis: await redisHealth(office.redis) }),
  )
}

type Shown = z.output<typeof serviceSchema>

const setUp = (config: Config): Omit<Shown, 'redis'> => {
  const { missing, publicUrl, amocrm, encryptionKeys, removedAccountDays, journal } = config
  const { integration, longLived, apiOrigin, requestsPerSecond } = amocrm
  const access: Shown['access'] = longLived !== null ? 'long_lived' : integration !== null ? 'oauth' : 'none'
  return {
    missing: missing.map((name) => ({ name, advice: SETTING_ADVICE[name] })),
    ...{ publicUrl, access, requestsPerSecond, removedAccountDays, journal, trialOrigin: apiOrigin },
    redirectUri: integration?.redirectUri ?? (publicUrl && `${publicUrl}/oauth/callback`),
    disconnectUri: publicUrl && `${publicUrl}/oauth/disconnect`,
    encryptionKeys: encryptionKeys.length,
  }
}
