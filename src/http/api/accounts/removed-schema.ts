import { z } from 'zod'
import { instantSchema } from '../route-answers.ts'

export const removedSchema = z.object({
  hook: z.enum(['removed', 'left']).describe('Whether amoCRM took the webhook away.'),
  cleanUp: z.string().nullable().describe('Run that takes away what is ours.'),
  eraseAt: instantSchema.describe('When all that is known of the account is erased.'),
})
