import type { Json } from './canonical-json.ts'

type Obj = { readonly [key: string]: Json | undefined }
const isObject = (v: Json | undefined): v is Obj => typeof v === 'object' && v !== null && !Array.isArray(v)

/** RFC 7396: what is null in the patch goes, what is there comes, objects merge, the rest is replaced. */
export function applyPatch<T extends Json>(target: T, patch: Json): T {
  if (!isObject(patch)) return patch as T
  const next: Record<string, Json | undefined> = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete next[key]
    else if (value !== undefined) next[key] = isObject(value) ? applyPatch(isObject(next[key]) ? next[key]! : {}, value) : value
  }
  return next as Json as T
}

/** The smallest patch that turns `before` into `after`; undefined where they are equal. Null members do not survive (RFC 7396). */
export function diffPatch(before: Json | undefined, after: Json): Json | undefined {
  if (!isObject(before) || !isObject(after)) return equal(before, after) ? undefined : after
  const patch: Record<string, Json> = {}
  for (const key of Object.keys(before)) if (after[key] === undefined && before[key] !== undefined) patch[key] = null
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue
    const change = diffPatch(before[key], value)
    if (change !== undefined) patch[key] = change
  }
  return Object.keys(patch).length === 0 ? undefined : patch
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((v, i) => equal(v as Json, b[i] as Json))
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].every((key) => equal(a[key], b[key]))
  }
  return false
}
