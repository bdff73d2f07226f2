import type { Bilingual, Language } from '../../base/text.ts'
import { ELDER_SIZES, type ElderSize, type Frame } from './frame.ts'

/** What a request tells a page. The server's `Ask` is one. */
export interface Asking {
  readonly language: Language
  readonly elder: boolean
  readonly csrfToken: string
  readonly caller: { readonly kind: 'anonymous' } | { readonly kind: 'officer'; readonly name: string } | { readonly kind: 'applicant'; readonly name: string; readonly partyId?: string; readonly ownPartyId?: string }
  readonly request: { readonly url: string; readonly headers: { readonly cookie?: string | undefined } }
}

export interface Frames {
  /** The frame for this reader now. */
  of(ask: Asking): Promise<Frame>
  /** A frame without reader, token and checkpoint: the page may be kept for all. Take `of` where somebody is signed in. */
  shared(ask: Asking): Frame
  /** What of the reader changes a shared page; part of the key under which it is kept. */
  edition(ask: Asking): string
  /** The frame of a page that tells a problem, where there is no request to ask. */
  bare(reader: { readonly language: Language; readonly elder: boolean; readonly path: string }): Frame
}

export interface FramesOptions {
  readonly demo: boolean
  readonly site: Bilingual
  readonly asset: (name: string) => string
  readonly checkpoint: () => Promise<Frame['checkpoint']>
}

export const ELDER_SIZE_COOKIE = 'mt_elder_size'

/** Makes frames; one for the house. */
export function createFrames({ demo, site, asset, checkpoint }: FramesOptions): Frames {
  const house = { demo, site, asset }
  const shared = (ask: Asking): Frame => ({
    ...house, language: ask.language, elder: elderSize(ask), path: pagePath(ask.request.url), reader: null, csrfToken: '', checkpoint: null,
  })
  return {
    shared,
    edition: (ask) => `${ask.language} ${elderSize(ask) ?? 'plain'}`,
    bare: ({ language, elder, path }) => ({ ...house, language, elder: elder ? 20 : null, path: pagePath(path), reader: null, csrfToken: '', checkpoint: null }),
    async of(ask) {
      const { caller } = ask
      const actsFor = caller.kind === 'applicant' && caller.ownPartyId !== undefined && caller.ownPartyId !== caller.partyId
      const reader = caller.kind === 'anonymous' ? null : { name: caller.name, officer: caller.kind === 'officer', ...(actsFor ? { actsFor } : {}) }
      return { ...shared(ask), reader, csrfToken: ask.csrfToken, checkpoint: await checkpoint() }
    },
  }
}

function elderSize(ask: Asking): ElderSize | null {
  if (!ask.elder) return null
  const chosen = Number(new RegExp(`(?:^|;\\s*)${ELDER_SIZE_COOKIE}=(\\d+)`).exec(ask.request.headers.cookie ?? '')?.[1])
  return ELDER_SIZES.find((size) => size === chosen) ?? 20
}

/** This page's address without the parts that choose language and edition: the switches choose them anew. */
function pagePath(url: string): string {
  const [path = '/', search = ''] = url.split('?', 2)
  const kept = search.split('&').filter((pair) => pair !== '' && !/^(lang|elder)=/.test(pair)).join('&')
  return kept === '' ? path : `${path}?${kept}`
}
