import type { FactChoice } from './fact-choices.ts'

/** The choice a value of a rule stands for, by id or by name (any case); undefined: none. */
export const choiceFor = (choices: readonly FactChoice[], value: unknown): FactChoice | undefined =>
  choices.find((choice) => choice.value === value || String(choice.value) === String(value)) ??
  choices.find((choice) => choice.label.trim().toLowerCase() === String(value).trim().toLowerCase())
