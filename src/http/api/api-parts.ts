import type { Config } from '../../config.ts'
import type { UsedTokens } from '../../store/used-tokens.ts'
import type { Office } from '../../sync/queries/office.ts'

/** What the API needs of the rest of the product. */
export interface ApiParts {
  readonly config: Config
  readonly isAllowedHost: (host: string) => boolean
  readonly office: Office
  readonly usedTokens: UsedTokens
}
