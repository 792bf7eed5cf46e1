import type { Command } from 'commander'
import { z } from 'zod'
import { policySchema } from '../segmentation/policy.ts'
import { runCommand } from './run-command.ts'

/** `policy schema`: the JSON Schema of a policy as a person writes it, for editors and rule builders. */
export const addPolicySchemaCommand = (policy: Command): void => {
  policy
    .command('schema')
    .description('print the JSON Schema of a policy')
    .action(async (_options: unknown, command: Command) => {
      await runCommand(command, async ({ line }) => {
        line(JSON.stringify(z.toJSONSchema(policySchema, { io: 'input' }), null, 2))
      })
    })
}
