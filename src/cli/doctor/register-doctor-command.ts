import { type Command, Option } from 'commander'
import { ConfigError } from '../../config/config-error.ts'
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts'
import { LANGUAGES, type Language } from '../../segmentation/rules/local-text.ts'
import { type Output, runCommand } from '../run-command.ts'
import { type Finding, fail, said } from './finding.ts'
import { reportLines } from './report-lines.ts'

interface DoctorOptions {
  readonly lang: Language
  readonly json?: boolean
  readonly offline?: boolean
  readonly keyRoot?: string
}

/** As the system speaks: `LC_ALL`, `LC_MESSAGES`, `LANG`. */
const systemLanguage = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language =>
  (LC_ALL || LC_MESSAGES || LANG || '').toLowerCase().startsWith('ru') ? 'ru' : 'en'

/** Adds `doctor`: one line for each check, exit code 1 when anything fails. */
export const registerDoctorCommand = (program: Command, load: () => LoadedConfig = loadConfig): void => {
  program
    .command('doctor')
    .description('check settings, Redis, addresses, tokens, webhooks and clocks, and say what to do')
    .addOption(
      new Option('--lang <language>', 'ru or en')
        .choices([...LANGUAGES])
        .default(systemLanguage(process.env), 'as LANG'),
    )
    .option('--json', 'tell it as JSON')
    .option('--offline', 'ask neither amoCRM nor the public address')
    .option('--key-root <prefix>', 'prefix of every key, as the service was started with')
    .action((options: DoctorOptions, command: Command) =>
      runCommand(command, async (output) => report(await diagnose(load, options), options, output)),
    )
}

/** Loaded when it is wanted: the other commands do without all that it looks at. */
const diagnose = async (load: () => LoadedConfig, { offline = false, keyRoot }: DoctorOptions): Promise<Finding[]> => {
  try {
    const { config } = load()
    const { examine } = await import('./examine.ts')
    return await examine(config, { offline, keyRoot })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({ variable, advice }) =>
      fail(
        `settings.${variable}`,
        said(`Настройки: ${variable} задана с ошибкой`, `Settings: ${variable} cannot be used`),
        said(advice, advice),
      ),
    )
  }
}

const report = (findings: readonly Finding[], { lang, json = false }: DoctorOptions, { line }: Output): void => {
  const isWell = findings.every(({ level }) => level !== 'fail')
  if (!isWell) process.exitCode = 1
  const lines = json ? [asJson(findings, isWell, lang)] : reportLines(findings, lang)
  for (const text of lines) line(text)
}

const asJson = (findings: readonly Finding[], isWell: boolean, lang: Language): string => {
  const told = findings.map(({ text, advice, ...rest }) => ({ ...rest, text: text[lang], advice: advice?.[lang] }))
  return JSON.stringify({ ok: isWell, findings: told }, null, 2)
}
