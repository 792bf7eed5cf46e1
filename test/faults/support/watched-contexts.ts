import type { AccountContext } from '../../../src/sync/account-context.ts'
import { AccountContexts } from '../../../src/sync/account-contexts.ts'
import type { Mortal } from './mortal.ts'
import { STEPS } from './steps.ts'

/** The contexts of one process, all of whose ports count its steps. */
export class WatchedContexts extends AccountContexts {
  readonly #process: Mortal

  constructor(parts: ConstructorParameters<typeof AccountContexts>[0], process: Mortal) {
    super(parts)
    this.#process = process
  }

  override async get(accountId: number): Promise<AccountContext | null> {
    const context = await super.get(accountId)
    return context && watched(context, this.#process)
  }
}

function watched(context: AccountContext, process: Mortal): AccountContext {
  const { api, mirror, journal, echoes, intents, notes } = context
  return {
    ...context,
    api: process.watched(api, 'api', STEPS.api),
    mirror: process.watched(mirror, 'mirror', STEPS.mirror),
    journal: process.watched(journal, 'journal', STEPS.journal),
    echoes: process.watched(echoes, 'echoes', STEPS.echoes),
    intents: watchedIntents(intents, process),
    notes: process.watched(notes, 'notes', STEPS.notes),
  }
}

/** An intent in hand is a port of its own. */
function watchedIntents(intents: AccountContext['intents'], process: Mortal): AccountContext['intents'] {
  const watched = process.watched(intents, 'intents', STEPS.intents)
  const begin: typeof intents.begin = async (...args) => {
    const begun = await watched.begin(...args)
    return begun.type === 'begun' ? process.watched(begun, 'intents', STEPS.intents) : begun
  }
  return new Proxy(watched, { get: (target, name) => (name === 'begin' ? begin : Reflect.get(target, name)) })
}
