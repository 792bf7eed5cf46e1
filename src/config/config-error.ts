/** One variable that cannot be used as it is: its name and what to do. */
export interface ConfigProblem {
  readonly variable: string
  readonly advice: string
}

/** The environment is wrong. Lists every problem at once; never repeats a value, it may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, advice }) => `  ${variable} ${advice}`)
    super(`The settings in the environment cannot be used:\n${lines.join('\n')}`)
    this.problems = problems
  }
}
