/** The two languages of every page, screen and refusal. */
export type Language = 'zh' | 'en'

/** One sentence or name in both languages. */
export interface Bilingual { readonly zh: string; readonly en: string }

/** Puts values into `{slots}`; a slot without a value stays visible, so that it is noticed. */
export function fill(template: string, slots: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in slots ? String(slots[name]) : whole))
}
