import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in a time that tells nothing of where two secrets differ, nor of their lengths. */
export const isSameSecret = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))

/** Equal lengths are what a comparison in constant time needs. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
