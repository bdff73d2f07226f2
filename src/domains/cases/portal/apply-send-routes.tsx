import { Refusal } from '../../../base/refusal.ts'
import { Redirect, route, type Route } from '../../../kernel/http/types.ts'
import { part, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { CaseData } from '../case.ts'
import { getCase } from '../routes.ts'
import { newKey } from './apply-frame.tsx'
import { CaseNo, get, page, post, revisionOf, stepRoutes, toCase } from './apply-steps.tsx'
import type { CasePagesDeps } from './deps.ts'
import { DonePage } from './done-page.tsx'
import { applicationOf, findDraft, materialsOf, problemsOf, stepsOf, type Draft, type Problem } from './draft.ts'
import { ANY_FIELDS, textOf, type Fields } from './posted.ts'
import { ReviewPage } from './review-page.tsx'

const TRACK_COOKIE = 'mt_track'
const HOUR_SECONDS = 3600
const SAY = { declared: { zh: '请勾选声明', en: 'Tick the declaration' }, deferred: { zh: '请勾选补交承诺，或者现在提供材料', en: 'Tick the promise, or give the materials now' } } as const

/** The end of an application: everything once more, signing and sending, and what one takes away. */
export function sendRoutes(deps: CasePagesDeps): Route[] {
  const { house, frames, items } = deps

  function reviewOf(frame: Frame, draft: Draft, problems: readonly Problem[], ticked = { deferred: false, declared: false }, stale = false): Markup {
    return <ReviewPage frame={frame} draft={draft} step="review" problems={problems} stale={stale} ticked={ticked} sendKey={newKey()} {...materialsOf(deps, draft)} />
  }

  return [
    ...stepRoutes(deps, '/apply/draft/:caseNo/review', {
      summary: { zh: '核对并提交', en: 'Check and send' }, step: () => 'review',
      draw: (shared) => reviewOf(shared.frame, shared.draft, problemsOf(deps, shared.draft, shared.frame.language)),
    }),
    route({
      ...post, path: '/apply/draft/:caseNo/submit', params: CaseNo, body: ANY_FIELDS, summary: { zh: '签名并提交', en: 'Sign and send' },
      handle: async (ask) => {
        const fields = ask.body as Fields
        const { caseNo } = ask.params
        const draft = await findDraft(deps, caseNo, ask.caller)
        if (draft === null) return new Redirect(`/apply/done/${part(caseNo)}`)
        const { deferrable } = materialsOf(deps, draft)
        const unsigned: Problem[] = [
          ...(deferrable.length > 0 && textOf(fields, 'deferred') !== 'true' ? [{ step: 'review', name: 'deferred', message: SAY.deferred[ask.language] }] : []),
          ...(textOf(fields, 'declared') === 'true' ? [] : [{ step: 'review', name: 'declared', message: SAY.declared[ask.language] }]),
        ]
        const problems = [...problemsOf(deps, draft, ask.language), ...unsigned]
        const frame = { ...(await frames.of(ask)), path: `/apply/draft/${part(caseNo)}/review` }
        const ticked = { deferred: textOf(fields, 'deferred') === 'true', declared: textOf(fields, 'declared') === 'true' }
        if (problems.length > 0) return page(reviewOf(frame, draft, problems, ticked), 422)
        let code: string
        try {
          const answer = await house.flow.perform(caseNo, revisionOf(fields, draft), { caller: { tokenHash: ask.tokenHash! }, act: 'submit', input: applicationOf(draft, deferrable), channel: 'online', ...(ask.idempotencyKey === undefined ? {} : { idempotencyKey: ask.idempotencyKey }) })
          code = (answer.result as { trackCode: string }).trackCode
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          if (error.code === 'flow/stale') return page(reviewOf(frame, draft, [], ticked, true), 409)
          return page(reviewOf(frame, draft, refusedAt(draft, error, ask.language), ticked), error.status)
        }
        ask.reply.header('set-cookie', `${TRACK_COOKIE}=${caseNo}:${code}; Path=/apply/done; Max-Age=${HOUR_SECONDS}; HttpOnly; SameSite=Lax${house.url.startsWith('https:') ? '; Secure' : ''}`)
        return new Redirect(`/apply/done/${part(caseNo)}`)
      },
    }),
    ...(['pre-review', 'discard'] as const).map((name) => route({
      ...post, path: `/apply/draft/:caseNo/${name}`, params: CaseNo, body: ANY_FIELDS, summary: name === 'discard' ? { zh: '放弃草稿', en: 'Discard a draft' } : { zh: '申请预审', en: 'Ask for pre-review' },
      handle: async (ask) => {
        const draft = await findDraft(deps, ask.params.caseNo, ask.caller)
        if (draft === null) return toCase(ask.params.caseNo)
        await house.flow.perform(draft.caseNo, revisionOf(ask.body as Fields, draft), { caller: { tokenHash: ask.tokenHash! }, act: name === 'discard' ? 'discardDraft' : 'requestPreReview', input: {}, channel: 'online' })
        return new Redirect(name === 'discard' ? '/my' : `/apply/draft/${part(draft.caseNo)}/review`)
      },
    })),
    route({
      ...get, path: '/apply/done/:caseNo', params: CaseNo, summary: { zh: '申请已提交', en: 'The application is sent' },
      handle: async (ask) => {
        const view = await getCase(house, ask.params.caseNo, ask.caller)
        if (view.stage === 'draft') return new Redirect(`/apply/draft/${part(view.caseNo)}/review`)
        const data = view.data as CaseData
        const item = items.version(data.item.code, data.item.version)
        const limit = data.application?.commitment ? item.commitment?.promisedLimit : item.promisedLimit
        return page(<DonePage frame={await frames.of(ask)} url={house.url} view={view} trackCode={codeFrom(ask.request.headers.cookie, view.caseNo)} promisedDays={limit?.unit === 'workingDay' && limit.amount > 0 ? limit.amount : null} />)
      },
    }),
  ]
}

/** What the act refused, on the page where it is put right. */
function refusedAt(draft: Draft, refusal: Refusal, language: 'zh' | 'en'): Problem[] {
  if (refusal.errors.length === 0) return [{ step: 'review', name: 'declared', message: refusal.in(language) }]
  return refusal.errors.map((error) => {
    const [, head = '', ...rest] = error.path.split('/')
    const step = head === 'form' ? `form-${draft.form?.sections.find((section) => section.fields.some(({ id }) => id === rest[0]))?.id}` : head === 'representative' ? 'guardian' : head === 'deferred' ? 'materials' : head
    return { step: stepsOf(draft).some(({ id }) => id === step) ? step : 'review', name: rest.length === 0 ? 'declared' : rest.join('.'), message: error.message[language] }
  })
}

function codeFrom(cookies: string | undefined, caseNo: string): string | null {
  const [, no, code] = new RegExp(`(?:^|;\\s*)${TRACK_COOKIE}=([A-Za-z0-9-]+):([A-Z0-9]+)`).exec(cookies ?? '') ?? []
  return no === caseNo && code !== undefined ? code : null
}
