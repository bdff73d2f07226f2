import { evaluateFeel } from '../feel.ts'

/** True only where the FEEL expression is exactly true over these values; the same engine judges on the server. */
export function holds(expression: string, fields: readonly string[], values: Readonly<Record<string, unknown>>): boolean {
  const facts: Record<string, unknown> = {}
  for (const field of fields) facts[field] = values[field] === undefined || values[field] === '' ? null : values[field]
  try {
    return evaluateFeel(expression, facts) === true
  } catch {
    // A condition the browser cannot read leaves its field out; the server judges the whole form when it is sent.
    return false
  }
}
