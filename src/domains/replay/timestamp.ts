/** An instant of a log: microseconds since 1970-01-01T00:00Z, and the text as RFC 3339 says it, with the log's own offset. */
export interface Timestamp { readonly micros: number; readonly text: string }

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$/

/**
 * Reads `2011-10-11 13:42:22.688000+02:00` and what ISO 8601 and xs:dateTime allow like it; undefined for anything else, also for a
 * day or hour that does not exist. A time without offset is UTC, as the libraries of process mining read it. Parts below the
 * microsecond are cut off.
 */
export function readTimestamp(value: string): Timestamp | undefined {
  const match = SHAPE.exec(value.trim())
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = match
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  const stood = new Date(local)
  if (stood.getUTCFullYear() !== Number(year) || stood.getUTCMonth() + 1 !== Number(month) || stood.getUTCDate() !== Number(day)) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const offset = offsetMinutes(zone)
  if (offset === undefined) return undefined
  const micros = (local - offset * 60_000) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
  const offsetText = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  return { micros, text: `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === '' ? '' : `.${fraction}`}${offsetText}` }
}

function offsetMinutes(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (hours > 14 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

export const instantOf = ({ micros }: Timestamp): Date => new Date(Math.floor(micros / 1000))
