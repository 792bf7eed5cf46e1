const CENSORED = '[redacted]'

const NAMES =
  '[\\w-]*(?:token|secret|password|authorization|cookie|encryption_?key|redis_?url)[\\w-]*|(?:tele)?phone|e?-?mail'

/**
 * What must never stand in a log, wherever it is in the line: each pattern with what remains of it. Lines are JSON,
 * and a message may repeat JSON, its quotes escaped once or more.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Values by the name of their field: tokens, secrets, passwords, keys, cookies, phones, e-mails.
  [new RegExp(`("(?:${NAMES})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), `$1"${CENSORED}"`],
  [new RegExp(`((\\\\+)"(?:${NAMES})\\2"\\s*:\\s*\\2").*?(?<!\\\\)(\\2")`, 'gi'), `$1${CENSORED}$3`],
  // An authorization code; a short `code`, or one in capitals, is an error's.
  [/(\\*"code\\*"\s*:\s*\\*")(?![A-Z_]+\\*")[^"\\]{24,}/g, `$1${CENSORED}`],
  [/([?&](?:code|state|[a-z_]*token|[a-z_]*secret)=)[^&"\\\s]+/gi, `$1${CENSORED}`],
  [/\b(Bearer|Basic)\s+[\w.~+/-]+=*/gi, `$1 ${CENSORED}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, CENSORED],
  [/(\/hooks\/)[\w%.~-]+/g, `$1${CENSORED}`],
  [/(\w+:\/\/[^:@/\s"]*:)[^@/\s"]+@/g, `$1${CENSORED}@`],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, CENSORED],
  // Phone numbers: with a plus, or Russian ones written as text. A bare JSON number is an id or an instant.
  [/\+\d[\d\s()-]{8,}\d/g, CENSORED],
  [/(?<![\d.:])[78][\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/g, CENSORED],
]

/** Takes tokens, secrets, codes and personal data out of one line of log, keeping it valid JSON. */
export const redact = (line: string): string =>
  PATTERNS.reduce((text, [pattern, remainder]) => text.replace(pattern, remainder), line)
