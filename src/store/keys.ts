/** A million deals fit into compact lists; a small account's hashes of one deal each still cost next to nothing. */
const DEAL_BUCKETS = 2048

/** Of the hashes that hold one small entry for each client. */
const CLIENT_BUCKETS = 2048

/**
 * Every Redis key of the product, in one place. All keys of an account carry the hash tag `{accountId}`, so that Redis
 * Cluster keeps an account on one node and scripts may touch several of its keys at once.
 */
export class Keys {
  readonly root: string

  /** `root` separates deployments (and tests) that share one Redis. */
  constructor(root = 'amo') {
    this.root = root
  }

  /** Prefix of BullMQ's own keys. */
  get jobs(): string {
    return `${this.root}:jobs`
  }

  /** BullMQ queue of one account; braces are Redis Cluster's hash tag. */
  queueOf(accountId: number): string {
    return `{${accountId}}`
  }

  /** BullMQ queue for work that belongs to no account yet: installations. */
  get systemQueue(): string {
    return '{system}'
  }

  /** Set of installed account ids. */
  get accounts(): string {
    return `${this.root}:accounts`
  }

  /** Set of ids of accounts whose data is being erased. */
  get erasing(): string {
    return `${this.root}:erasing`
  }

  /** What a browser that begins an installation is known by again. */
  installState(fingerprint: string): string {
    return `${this.root}:install-state:${fingerprint}`
  }

  /** Hash: SHA-256 of a webhook secret → account id. */
  get hookSecrets(): string {
    return `${this.root}:hook-secrets`
  }

  /** Account id of a webhook secret that was replaced; gone when it is not to be taken any more. */
  retiredHookSecret(hash: string): string {
    return `${this.root}:retired-hook-secret:${hash}`
  }

  /** Channel on which a change of the accounts (or of one's policy) is announced; the message is the account id. */
  get announcements(): string {
    return `${this.root}:announcements`
  }

  /** Token pair of an installation whose account is not known yet. */
  pendingInstall(fingerprint: string): string {
    return `${this.root}:install:${fingerprint}`
  }

  /** Any key of one account. */
  of(accountId: number, name: string): string {
    return `${this.root}:{${accountId}}:${name}`
  }

  client(accountId: number, clientKey: string): string {
    return this.of(accountId, `c:${clientKey}`)
  }

  /**
   * Deal → client, in so many hashes: hashes of up to 512 fields are kept by Redis as compact lists, about a sixth of the
   * memory of a key for each deal. Ids are dealt out over them, since amoCRM numbers the deals of all accounts in one
   * row: those of one account stand far apart.
   */
  dealBucket(accountId: number, dealId: number): { key: string; field: string } {
    const bucket = dealId % DEAL_BUCKETS
    return { key: this.of(accountId, `d:${bucket}`), field: String((dealId - bucket) / DEAL_BUCKETS) }
  }

  /** Hash: client key → what lists look at, see `ClientRows`; in so many of them, as compact lists. */
  rows(accountId: number, client: { readonly id: number }): string {
    return this.rowsOf(accountId, client.id % CLIENT_BUCKETS)
  }

  /** Hash: client key → name, likewise. */
  names(accountId: number, client: { readonly id: number }): string {
    return this.namesOf(accountId, client.id % CLIENT_BUCKETS)
  }

  /** Number that grows with every change of a row. */
  rowsVersion(accountId: number): string {
    return this.of(accountId, 'rows-version')
  }

  /** All such hashes. */
  allRows(accountId: number): string[] {
    return Array.from({ length: CLIENT_BUCKETS }, (_, bucket) => this.rowsOf(accountId, bucket))
  }

  allNames(accountId: number): string[] {
    return Array.from({ length: CLIENT_BUCKETS }, (_, bucket) => this.namesOf(accountId, bucket))
  }

  /** Sorted set: client key by the second its verdict is to be looked at again. */
  due(accountId: number): string {
    return this.of(accountId, 'due')
  }

  /** Set of clients whose deals were read before their own card. */
  unread(accountId: number): string {
    return this.of(accountId, 'unread')
  }

  /** Set of deals that were taken from a client and given to nobody yet. */
  loose(accountId: number): string {
    return this.of(accountId, 'loose')
  }

  /** Hash: how long deals stayed in each open stage, as `pipeline:status:days` → how many. */
  stays(accountId: number): string {
    return this.of(accountId, 'stays')
  }

  private rowsOf(accountId: number, bucket: number): string {
    return this.of(accountId, `f:${bucket}`)
  }

  private namesOf(accountId: number, bucket: number): string {
    return this.of(accountId, `n:${bucket}`)
  }

  /** Sorted set: entity, as `leads/5`, by the second until which it is not written to. */
  setAside(accountId: number): string {
    return this.of(accountId, 'set-aside')
  }

  segment(accountId: number, dimension: string, segment: string): string {
    return this.of(accountId, `s:${dimension}:${segment}`)
  }
}
