import { createHash, randomInt } from 'node:crypto'

/** Without letters and digits that are mistaken for one another when read out over a telephone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Ten of thirty characters, 49 bits: with the rate limit of sign-in nobody guesses it. Only its hash is kept. */
export const newTrackCode = (): string => Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
export const trackHashOf = (code: string): Buffer => createHash('sha256').update(`track:${code.toUpperCase()}`).digest()
