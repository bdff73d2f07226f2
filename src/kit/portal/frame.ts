import type { Bilingual, Language } from '../../base/text.ts'

/** Text sizes of 关怀版 in px: 18 and more for text, up to 30. */
export type ElderSize = 20 | 24 | 30
export const ELDER_SIZES: readonly ElderSize[] = [20, 24, 30]

/** What every page knows of its reader and its house. Made once per request by the portal; drawing it needs nothing else. */
export interface Frame {
  readonly language: Language
  /** null: the ordinary edition. */
  readonly elder: ElderSize | null
  /** The demo district: every page says 演示 DEMO. */
  readonly demo: boolean
  /** `北京市西城区政务服务`. */
  readonly site: Bilingual
  /** Path and query of this page; the switches of language and edition come back to it. */
  readonly path: string
  /** Who is signed in, by name; null on public pages that are shared by all readers. */
  readonly reader: { readonly name: string; readonly officer: boolean; /** She acts for another at present, who bears this name. */ readonly actsFor?: boolean } | null
  /** Hidden field `_csrf` of forms. */
  readonly csrfToken: string
  /** Newest signed checkpoint of the public log; null where the page outlives it (kept pages) or there is none yet. */
  readonly checkpoint: { readonly size: number; readonly at: Date } | null
  /** Address of a style sheet or island by its name: `portal.css`, `verify.js`. */
  readonly asset: (name: string) => string
}
