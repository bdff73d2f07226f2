/** Both came through the same schema, so equal values are equal member by member; members that are missing are unequal to any that are not. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]))
}

/**
 * Of two values of an element only what they say differently: of lists the entries that the other has not, of an entry its members that
 * are not the same. A text in both languages and a limit stay whole; lists that differ in their order alone stay as they are.
 */
export function differing(before: unknown, after: unknown): readonly [unknown, unknown] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [gone, come] = [before.filter((one) => !after.some((other) => same(one, other))), after.filter((one) => !before.some((other) => same(one, other)))]
    return gone.length + come.length === 0 ? [before, after] : [gone, come]
  }
  if (!isObject(before) || !isObject(after) || isWhole(before) || isWhole(after)) return [before, after]
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !same(before[key], after[key]))
  const only = (value: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(keys.map((key) => [key, value[key]]))
  return [only(before), only(after)]
}

const isWhole = (value: Record<string, unknown>): boolean => ('zh' in value && 'en' in value) || ('amount' in value && 'unit' in value)
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
