import { AmoError, type AmoErrorCode } from '../amocrm/amo-error.ts'

/** An installation has 20 minutes: what a person has to change first is not waited for. */
const FINAL: readonly AmoErrorCode[] = ['refused', 'unauthorized', 'forbidden', 'payment_required']

/** Whether repeating an installation that failed so is useless. */
export const isFinal = (error: unknown): boolean => error instanceof AmoError && FINAL.includes(error.code)
