import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey, parseClientKey } from '../store/client-key.ts'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

/** Examples of the clients concerned. */
const EXAMPLES = 20

/** For whom a policy would do something else than was shown. */
export interface PreviewChanges {
  /** Clients for whom something would be done now, and was not. */
  readonly added: number
  /** Clients for whom nothing would be done any more. */
  readonly dropped: number
  /** Clients for whom it is something else. */
  readonly differing: number
  /** The first of them all. */
  readonly examples: readonly ClientRef[]
}

/** What a policy would do to each client: digests, by which it is seen later for whom it would be something else. */
export class PreviewWork {
  readonly #digests: Map<string, number>

  constructor(digests = new Map<string, number>()) {
    this.#digests = digests
  }

  /** @param work 0: nothing is to be done. */
  add(client: ClientRef, work: bigint): void {
    if (work !== 0n) this.#digests.set(clientKey(client), Number(BigInt.asUintN(32, work)))
  }

  changesTo(now: PreviewWork): PreviewChanges {
    const counts = { added: 0, dropped: 0, differing: 0 }
    const examples: string[] = []
    const note = (change: keyof typeof counts, client: string) => {
      counts[change] += 1
      if (examples.length < EXAMPLES) examples.push(client)
    }
    for (const [client, digest] of now.#digests) {
      const before = this.#digests.get(client)
      if (before !== digest) note(before === undefined ? 'added' : 'differing', client)
    }
    for (const client of this.#digests.keys()) if (!now.#digests.has(client)) note('dropped', client)
    return { ...counts, examples: examples.map(parseClientKey).filter((ref) => ref !== null) }
  }

  /** Some eight bytes a client. */
  async toText(): Promise<string> {
    const lines = [...this.#digests].map(([client, digest]) => `${client} ${digest.toString(36)}`)
    return (await deflate(lines.join('\n'))).toString('base64')
  }

  static async parse(text: string): Promise<PreviewWork> {
    const lines = (await inflate(Buffer.from(text, 'base64'))).toString().split('\n')
    const pairs = lines.filter((line) => line !== '').map((line) => line.split(' '))
    return new PreviewWork(new Map(pairs.map(([client = '', digest = '']) => [client, Number.parseInt(digest, 36)])))
  }
}
