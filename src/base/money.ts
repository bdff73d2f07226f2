import type { Brand } from './brand.ts'
/** An amount in fen (分), a whole number; yuan appear only where people read. */
export type Fen = Brand<number, 'Fen'>
export const fen = (n: number): Fen => {
  if (!Number.isSafeInteger(n)) throw new Error(`money must be whole fen, got ${n}`)
  return n as Fen
}
/** `12345` → `123.45`, `8000` → `80`. */
export const yuan = (amount: Fen): string => (amount % 100 === 0 ? String(amount / 100) : (amount / 100).toFixed(2))
