import type { TFunction } from 'i18next'
import type { PolicyFault } from '../policy-types.ts'

/** A sentence of the checker, the text of ours that says the same, and what its blanks are called there. */
type Known = readonly [sentence: RegExp, text: string, ...blanks: readonly string[]]

const KNOWN: readonly Known[] = [
  [/^Too small: expected (?:string|array)/, 'fill'],
  [/^Too small: .*?: give at least (\S+)$/, 'atLeast', 'least'],
  [/^Too small: .*?: give more than (\S+)$/, 'moreThan', 'least'],
  [/^Too big: expected string to have <=(\d+)/, 'shorter', 'most'],
  [/^Too big: expected array to have <=(\d+)/, 'fewer', 'most'],
  [/^Too big: .*?: give at most (\S+)$/, 'atMost', 'most'],
  [/^Too big: .*?: give less than (\S+)$/, 'lessThan', 'most'],
  [/^Too small: expected number to be >=(\S+)/, 'atLeast', 'least'],
  [/^Too big: expected number to be <=(\S+)/, 'atMost', 'most'],
  [/^Invalid input: expected int, received number/, 'whole'],
  [/^Invalid input: (?:expected|none of)/, 'fill'],
  [/^Give a text, a number or true\/false/, 'fill'],
  [/^Give a full address/, 'address'],
  [/^There is no setting "(.*)" here/, 'noSetting', 'name'],
  [/^(\S+) (?:is not a public address|looks like a name of a private network)/, 'privateAddress', 'name'],
  [/^Use 1-64 Latin letters/, 'latin'],
  [/^Unknown \{(.+?)\}: use only/, 'placeholder', 'name'],
  [/^The four bounds must rise/, 'bounds'],
  [/^Two tiers have one label/, 'tierLabels'],
  [/^Two tiers begin at one sum/, 'tierSums'],
  [/^There is no tier "(.*)": use/, 'noTier', 'name'],
  [/^A pipeline is listed twice/, 'pipelineTwice'],
  [/^Status 143 is "closed and lost"/, 'lostStatus'],
  [/^rhythm\.minDays is above/, 'rhythmBounds'],
  [/^A segment or rule sets this very tag/, 'stopTag'],
  [/^Another action has the id "(.*)":/, 'actionId', 'name'],
  [/^Another rule has the id "(.*)"$/, 'ruleId', 'name'],
  [/^A condition is nested (\d+) levels/, 'tooDeep', 'most'],
  [/^A condition has (\d+) parts/, 'tooMany', 'most'],
  [/^The account has no (?:pipeline|loss reason|user) (\d+)/, 'gone', 'name'],
  [/^The pipeline "(.*)" has no status (\d+)/, 'statusGone', 'pipeline', 'name'],
  [
    /^(?:Deals|Contacts|Companies|Contacts and companies|The client has|.*) (?:have|has) no field (.+)$/,
    'fieldGone',
    'name',
  ],
  [/^The field "(.*)" is of the type/, 'fieldType', 'name'],
  [/^The field "?(.*?)"? is no date/, 'fieldType', 'name'],
  [/^The field (.+?) .*so setting it would change or undo/, 'ownField', 'name'],
  [/^"(.*)" is the incoming stage/, 'incomingStage', 'name'],
  [/^(?:The card cannot stand in|A card never stands in)/, 'closedStage'],
  [/^Status \d+ counts as a purchase, so moving/, 'cardPurchase'],
  [/^There is no fact "?(.*?)"?$/, 'noFact', 'name'],
  [/^"(.*)" does not take "(.*)"$/, 'noOp', 'name'],
  [/^"(.*)" cannot be compared with/, 'badValue'],
  [/^There is no .+ "" for "/, 'fill'],
  [/^There is no (?:pipeline|status|user|loss reason|source|option) (.+) for "/, 'gone', 'name'],
  [/^There is no source (.+)$/, 'gone', 'name'],
  [/^The rules? (.+) feeds? on .* in a circle/, 'circle', 'names'],
  [/^The rule "(.*)" reads its own tag/, 'readsOwnTag'],
  [/^The rule "(.*)" undoes its own condition/, 'undoesItself'],
  [/^The rule "(.*)" can never match/, 'neverMatches'],
  [/^This part of the rule "(.*)" can never hold/, 'neverHolds'],
  [/^The tag "(.*)" is already set by/, 'tagTwice', 'name'],
]

/** A fault in the reader's language where we have a sentence for it, else in the checker's own words. */
export const faultText = ({ message, advice }: PolicyFault, t: TFunction): string => {
  for (const [sentence, text, ...blanks] of KNOWN) {
    const match = sentence.exec(message)
    if (match)
      return t(`policy:fault.${text}`, Object.fromEntries(blanks.map((name, index) => [name, match[index + 1]])))
  }
  return advice ? `${message}. ${advice}` : message
}
