/** Values that JSON can say. `undefined` members are left out, as JSON.stringify does. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** RFC 8785 (JCS): members sorted by UTF-16 code units, numbers as ECMAScript writes them, no spaces. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`no JSON for ${value}`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson((v ?? null) as Json)).join(',')}]`
  const object = value as { readonly [key: string]: Json | undefined }
  let members = ''
  for (const key of Object.keys(object).sort()) {
    const member = object[key]
    if (member !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}

/** JSON that stands written already: whoever stores it takes the text, and whoever embeds it in more JSON gets the value. */
export class JsonText {
  constructor(readonly text: string) {}
  toJSON(): unknown { return JSON.parse(this.text) }
}
