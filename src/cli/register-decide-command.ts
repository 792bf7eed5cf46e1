import { type Command, InvalidArgumentError, Option } from 'commander'
import { BaseSurvey } from '../segmentation/aggregates.ts'
import { checkPolicy } from '../segmentation/check-policy.ts'
import { type CompiledPolicy, compilePolicy } from '../segmentation/compile-policy.ts'
import type { AccountFacts, ClientFacts, Seconds } from '../segmentation/facts.ts'
import type { Policy } from '../segmentation/policy.ts'
import { voiceOf } from '../segmentation/render/voice.ts'
import { LANGUAGES, type Language } from '../segmentation/rules/local-text.ts'
import { type GivenAccount, wholeAccount } from './account-facts-schema.ts'
import { CommandFailure } from './command-failure.ts'
import { deriveAccount } from './derive-account.ts'
import { readAccountFile } from './read-account-file.ts'
import { readClients } from './read-clients.ts'
import { readText } from './read-json-file.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { runCommand } from './run-command.ts'
import { secondsSchema } from './seconds-schema.ts'
import { tellVerdict, verdictLines } from './verdict-text.ts'

interface Options {
  readonly policy: string
  readonly clients: string
  readonly account?: string
  readonly at?: Seconds
  readonly lang?: Language
  readonly json?: boolean
}

const instantOf = (text: string): Seconds => {
  const parsed = secondsSchema.safeParse(/^-?\d+$/.test(text) ? Number(text) : text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError('Give an instant such as 2026-08-14T10:00:00+03:00, or Unix seconds.')
}

/** A policy that would be refused decides nothing. Names are looked up where an account was given to look in. */
const refuseFaulty = (policy: Policy, given: GivenAccount | null): void => {
  const { errors } = checkPolicy(policy, given === null ? null : wholeAccount(given))
  if (errors.length === 0) return
  throw new CommandFailure(errors.map((one) => `error ${one.path}: ${one.message}. ${one.advice}`).join('\n'))
}

/** The account's gaps between purchases are those of the file, where nobody says otherwise. */
const withAggregates = (account: AccountFacts, policy: Policy, clients: readonly ClientFacts[]): AccountFacts => {
  const survey = new BaseSurvey(compilePolicy(policy, account))
  for (const client of clients) survey.add(client)
  return { ...account, aggregates: survey.aggregates() }
}

const compiledFor = (policy: Policy, given: GivenAccount | null, clients: readonly ClientFacts[]): CompiledPolicy => {
  const account = given === null ? deriveAccount(clients, policy) : wholeAccount(given)
  const known = given?.aggregates === undefined ? withAggregates(account, policy, clients) : account
  return compilePolicy(policy, known)
}

/** Adds `decide`: a file of facts and a policy in, verdicts with their reasons out. It needs neither Redis nor amoCRM. */
export const registerDecideCommand = (program: Command): void => {
  program
    .command('decide')
    .description('say which segments the clients of a file are in, why, and when that changes by itself')
    .requiredOption('--policy <file>', 'the policy, JSON')
    .requiredOption('--clients <file>', 'facts of clients, one JSON object a line; - reads the standard input')
    .option('--account <file>', 'facts of the account, JSON; else they are made up from the facts of the clients')
    .addOption(new Option('--at <instant>', 'the instant to decide for; else now').argParser(instantOf))
    .addOption(new Option('--lang <language>', "ru or en; else the policy's language").choices([...LANGUAGES]))
    .option('--json', 'print one JSON object a line')
    .action(async (options: Options, command: Command) => {
      await runCommand(command, async ({ line, fault }) => {
        const policy = await readPolicyFile(options.policy)
        const given = options.account === undefined ? null : await readAccountFile(options.account)
        refuseFaulty(policy, given)
        const now = options.at ?? Math.floor(Date.now() / 1000)
        const read = readClients(await readText(options.clients), { kind: policy.clientEntity, now })
        const clients = read.clients.map(({ client }) => client)
        const compiled = compiledFor(policy, given, clients)
        const voice = voiceOf(compiled, options.lang ?? policy.language)
        for (const client of clients) {
          const told = tellVerdict(client, voice, now)
          if (options.json === true) line(JSON.stringify(told))
          else for (const text of verdictLines(told, voice)) line(text)
        }
        for (const { ruleId, path, message } of compiled.rules.faults) {
          fault(`rule "${ruleId}" was left out: ${path}: ${message}`)
        }
        for (const text of read.faults) fault(text)
      })
    })
}
