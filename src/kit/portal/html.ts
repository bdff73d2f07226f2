import Html from '@kitajs/html'

/** What a component gives: markup as text. Every component here is synchronous. */
export type Markup = JSX.Element
/** What stands between a component's tags. */
export type { Children } from '@kitajs/html'

/**
 * What data may put into a component: text, which is escaped, or a function that draws markup. So a name from the database can
 * never be taken for markup by mistake.
 */
export type Slot = string | (() => Markup)
export const drawn = (slot: Slot): Markup => (typeof slot === 'string' ? Html.escapeHtml(slot) : slot())

/** The text of markup. Throws where a component was asynchronous, which none of a page's may be. */
export function markup(element: Markup): string {
  if (typeof element !== 'string') throw new Error('a portal component must not be asynchronous')
  return element
}

/** An address from data: only pages of ours and http(s); anything else gives `#`. */
export const safeAddress = (address: string): string => (/^(https?:\/\/|\/(?![/\\])|#)/i.test(address) ? address : '#')

/** A part of an address, so that data cannot open another one. */
export const part = (text: string): string => encodeURIComponent(text)

/** `{q: '餐', page: 2}` → `?q=%E9%A4%90&page=2`; empty and undefined values are left out. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${part(name)}=${part(String(value))}`).join('&')}`
}
