import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const VERSION = 'v1'

/** A stored secret that no key opens: the key was changed, or the value damaged or moved. */
export class UnreadableSecretError extends Error {
  override readonly name = 'UnreadableSecretError'
  readonly code = 'unreadable_secret'

  constructor() {
    super('a stored secret cannot be decrypted: ENCRYPTION_KEY differs from the one it was stored with')
  }
}

/**
 * Encrypts secrets at rest with AES-256-GCM. The first key encrypts, all keys decrypt, so that a key can be rotated.
 * The context (what the secret is and whose) is authenticated: a value moved to another account does not open.
 */
export class SecretBox {
  readonly #keys: readonly Buffer[]

  /** @param keys 32 bytes each, newest first; at least one. */
  constructor(keys: readonly Buffer[]) {
    if (keys.length === 0 || keys.some((key) => key.length !== 32)) {
      throw new Error('ENCRYPTION_KEY must be 32 bytes in base64')
    }
    this.#keys = keys
  }

  seal(plain: string, context: string): string {
    const [key] = this.#keys as [Buffer]
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return [VERSION, iv.toString('base64'), cipher.getAuthTag().toString('base64'), sealed.toString('base64')].join('.')
  }

  /** @throws UnreadableSecretError when no key opens it. */
  open(sealed: string, context: string): string {
    for (const key of this.#keys) {
      const plain = opened(key, sealed, context)
      if (plain !== null) return plain
    }
    throw new UnreadableSecretError()
  }

  /**
   * The same secret under the newest key; null: it is under it already.
   *
   * @throws UnreadableSecretError when no key opens it.
   */
  renew(sealed: string, context: string): string | null {
    const [newest] = this.#keys as [Buffer]
    return opened(newest, sealed, context) === null ? this.seal(this.open(sealed, context), context) : null
  }
}

/** Null: not under this key. */
const opened = (key: Buffer, sealed: string, context: string): string | null => {
  const [version, iv, tag, body] = sealed.split('.')
  if (version !== VERSION || !iv || !tag || body === undefined) return null
  try {
    // A shorter tag would be easier to forge, and is taken unless its length is demanded.
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(context)).setAuthTag(Buffer.from(tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64')), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
