import { z } from 'zod'
import { Refusal } from '../base/refusal.ts'
import { readCookie } from '../kernel/http/language.ts'
import { Page, Redirect, route, type Ask, type Route } from '../kernel/http/types.ts'
import { markup, part, query } from '../kit/portal/index.ts'
import type { PortalDeps } from './deps.ts'
import { TrackPage, TrackResultPage } from './track-page.tsx'

const FOLLOW_COOKIE = 'mt_follow'
/** Long enough to read a case, short enough for a computer in a hall. */
const FOLLOW_SECONDS = 1800
const Code = z.string().trim().toUpperCase().max(60)

interface Followed { readonly caseNo: string; readonly trackCode: string }

/**
 * A case by number and code. The code travels in the form and then, for half an hour, in a cookie that only these pages are sent and no
 * script reads; it never stands in an address. Without cases there is nothing to track, and no page for it.
 */
export function trackPages({ url, frames, trackCase }: PortalDeps): Route[] {
  if (trackCase === null) return []
  const guard = { open: '凭办件编号和查询码查询，查询码只有申请人持有' }
  const get = { method: 'GET', kind: 'page', rate: 'page', guard } as const
  const cookie = (value: string, seconds: number): string => `${FOLLOW_COOKIE}=${value}; Path=/track; Max-Age=${seconds}; HttpOnly; SameSite=Lax${url.startsWith('https:') ? '; Secure' : ''}`
  const forget = (ask: Ask<unknown, unknown, unknown>): Redirect => {
    ask.reply.header('set-cookie', cookie('', 0))
    return new Redirect('/track')
  }
  return [
    route({ ...get, path: '/track', summary: { zh: '查进度', en: 'Track a case' }, handle: async (ask) => new Page(markup(<TrackPage frame={await frames.of(ask)} />)) }),
    route({
      method: 'POST', kind: 'page', rate: 'signIn', guard, path: '/track', summary: { zh: '凭编号和查询码看进度', en: 'Progress by number and code' },
      body: z.object({ caseNo: Code.default(''), trackCode: Code.default('') }),
      handle: async (ask) => {
        const { caseNo, trackCode } = ask.body
        const frame = { ...(await frames.of(ask)), path: '/track' }
        try {
          await trackCase({ caseNo, trackCode }, frame)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return new Page(markup(<TrackPage frame={frame} caseNo={caseNo} error={error.in(ask.language)} />), { status: error.status, cache: 'none' })
        }
        ask.reply.header('set-cookie', cookie(`${part(caseNo)}:${part(trackCode)}`, FOLLOW_SECONDS))
        return new Redirect(`/track/case${query({ no: caseNo })}`)
      },
    }),
    route({
      ...get, path: '/track/case', query: z.object({ no: z.string().max(60).optional() }), summary: { zh: '办件进度', en: 'The progress of a case' },
      handle: async (ask) => {
        const followed = followedIn(ask.request.headers.cookie)
        if (followed === undefined || (ask.query.no !== undefined && ask.query.no !== followed.caseNo)) return new Redirect('/track')
        const frame = await frames.of(ask)
        try {
          const safeProgress = await trackCase(followed, frame)
          return new Page(markup(<TrackResultPage frame={frame} caseNo={followed.caseNo}>{safeProgress}</TrackResultPage>), { cache: 'none' })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return forget(ask)
        }
      },
    }),
    route({ method: 'POST', kind: 'page', rate: 'write', guard, path: '/track/end', summary: { zh: '结束查询', en: 'Stop following a case' }, handle: async (ask) => forget(ask) }),
  ]
}

/** What the cookie carries; undefined where it is not whole. */
function followedIn(cookies: string | undefined): Followed | undefined {
  const [, caseNo, trackCode] = /^([\w.~%-]+):([\w.~%-]+)$/.exec(readCookie(cookies, FOLLOW_COOKIE) ?? '') ?? []
  if (caseNo === undefined || trackCode === undefined) return undefined
  try {
    return { caseNo: decodeURIComponent(caseNo), trackCode: decodeURIComponent(trackCode) }
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
