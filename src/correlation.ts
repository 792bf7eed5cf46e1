import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage<string>()

/** Id that ties together everything one event causes, from the hook to the write; undefined outside of any. */
export const correlationId = (): string | undefined => storage.getStore()

/** Runs `work` under the id; log lines written meanwhile carry it. */
export const withCorrelation = <T>(id: string, work: () => T): T => storage.run(id, work)
