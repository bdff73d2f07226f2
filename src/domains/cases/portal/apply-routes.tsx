import { z } from 'zod'
import { Refusal } from '../../../base/refusal.ts'
import type { Applicant } from '../../../kernel/access/types.ts'
import { normaliseIdNumber } from '../../../kernel/access/identity-types.ts'
import { mattersOfParties } from '../../../kernel/flow/queries.ts'
import { partiesOf } from '../../../kernel/flow/actor.ts'
import { Page, Redirect, route, type Ask, type Route } from '../../../kernel/http/types.ts'
import { fieldOf, markup, part, type Markup } from '../../../kit/portal/index.ts'
import type { CaseData } from '../case.ts'
import { DraftInput } from '../contract.ts'
import { refuse } from '../errors.ts'
import { getCase } from '../routes.ts'
import { newKey } from './apply-frame.tsx'
import { StartPage } from './apply-start-page.tsx'
import type { CasePagesDeps } from './deps.ts'
import { DonePage } from './done-page.tsx'
import { agentProblems, answered, applicationOf, findDraft, guardianProblems, materialsOf, newDraft, partyProblems, prefilled, problemsOf, serviceProblems, stepsOf, WHO, withMaterial, type Draft, type Problem, type Step } from './draft.ts'
import { CommitmentPage, SectionPage, ServicePage } from './fill-pages.tsx'
import { postedFields } from './form-fields.tsx'
import { MaterialsPage } from './materials-page.tsx'
import { AgentPage, ApplicantPage, GuardianPage } from './people-pages.tsx'
import { ANY_FIELDS, dayOf, filled, readFiles, revisionIn, textOf, type Fields } from './posted.ts'
import { ReviewPage } from './review-page.tsx'

const guard = { signedIn: 'applicant' } as const
const get = { method: 'GET', kind: 'page', rate: 'page', guard } as const
const post = { method: 'POST', kind: 'page', rate: 'write', guard } as const
const CaseNo = z.object({ caseNo: z.string().min(1).max(60) })
const TRACK_COOKIE = 'mt_track'
const HOUR_SECONDS = 3600

type Fault = { readonly name: string; readonly message: string }
type Handler = Ask<{ caseNo: string }, unknown, unknown>

/** The pages of an application, from "what do I need" to the receipt. */
export function applyRoutes(deps: CasePagesDeps): Route[] {
  const { house, frames, items } = deps
  const toCase = (caseNo: string): Redirect => new Redirect(`/my/cases/${part(caseNo)}`)
  const page = (element: Markup, status = 200): Page => new Page(markup(element), { status })
  const SAY = { who: { zh: '请选择您为谁申请', en: 'Choose for whom you apply' }, read: { zh: '请先阅读并勾选承诺', en: 'Read the letter and tick that you make it' }, declared: { zh: '请勾选声明', en: 'Tick the declaration' }, deferred: { zh: '请勾选补交承诺，或者现在提供材料', en: 'Tick the promise, or give the materials now' } } as const

  /** Keeps the draft; a draft changed meanwhile on another page answers its newest state, so that what was typed can be kept with it. */
  const save = async (ask: Handler, draft: Draft, input: DraftInput, revision: number): Promise<{ draft: Draft; stale: boolean }> => {
    try {
      const answer = await house.flow.perform(draft.caseNo, revision, { caller: { tokenHash: ask.tokenHash! }, act: 'saveDraft', input: DraftInput.parse(input), channel: 'online' })
      return { draft: { ...draft, revision: answer.matter.revision, input }, stale: false }
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'flow/stale') throw error
      const newest = await findDraft(deps, draft.caseNo, ask.caller)
      if (newest === null) throw error
      return { draft: newest, stale: true }
    }
  }
  const revisionOf = (fields: Fields, draft: Draft): number => revisionIn(fields) ?? draft.revision
  const onward = (draft: Draft, step: string, fields: Fields): Redirect => {
    const steps = stepsOf(draft)
    return new Redirect(textOf(fields, 'then') === 'later' ? '/my' : (steps[steps.findIndex(({ id }) => id === step) + 1] ?? steps.at(-1)!).path)
  }

  /** A page that is drawn from the draft and, posted, changes it; saved in any case, and gone on from where nothing is wrong. */
  const stepRoutes = (path: string, spec: {
    readonly summary: { zh: string; en: string }
    readonly files?: boolean
    readonly step: (params: Readonly<Record<string, string>>) => string
    readonly draw: (shared: { frame: Awaited<ReturnType<typeof frames.of>>; draft: Draft; step: string; problems: readonly Fault[]; stale?: boolean }, typed: DraftInput) => Promise<Markup> | Markup
    readonly change?: (ask: Handler, draft: Draft, step: Step, fields: Fields) => Promise<{ input: DraftInput; problems: readonly Fault[] }> | { input: DraftInput; problems: readonly Fault[] }
  }): Route[] => {
    const stepOf = (draft: Draft, params: Readonly<Record<string, string>>): Step => {
      const step = stepsOf(draft).find(({ id }) => id === spec.step(params))
      if (!step) throw refuse('not-found', { no: draft.caseNo })
      return step
    }
    const params = z.record(z.string(), z.string().max(80))
    const shown = route({
      ...get, path, params, summary: spec.summary,
      handle: async (ask) => {
        const draft = await findDraft(deps, ask.params['caseNo']!, ask.caller)
        if (draft === null) return toCase(ask.params['caseNo']!)
        const step = stepOf(draft, ask.params)
        return page(await spec.draw({ frame: await frames.of(ask), draft, step: step.id, problems: [] }, draft.input))
      },
    })
    const { change } = spec
    if (change === undefined) return [shown]
    return [shown, route({
      ...post, path, params, summary: spec.summary, ...(spec.files === true ? { parseBody: false, rate: 'upload' as const } : { body: ANY_FIELDS }),
      handle: async (plain) => {
        const ask = plain as unknown as Handler
        const draft = await findDraft(deps, ask.params.caseNo, ask.caller)
        if (draft === null) return toCase(ask.params.caseNo)
        const step = stepOf(draft, plain.params)
        const fields = spec.files === true ? await filesAsFields(deps, ask) : plain.body as Fields
        const { input, problems } = await change(ask, draft, step, fields)
        const kept = await save(ask, draft, input, revisionOf(fields, draft))
        const leaving = textOf(fields, 'then') === 'later'
        if (!kept.stale && (problems.length === 0 || leaving)) return onward(kept.draft, step.id, fields)
        const frame = { ...(await frames.of(ask)), path: step.path }
        return page(await spec.draw({ frame, draft: kept.stale ? kept.draft : { ...kept.draft, input }, step: step.id, problems, stale: kept.stale }, input), kept.stale ? 409 : 422)
      },
    })]
  }

  const changeMaterial = (path: string, summary: { zh: string; en: string }, more: Partial<Route>, change: (ask: Handler & { params: { id: string } }, draft: Draft) => Promise<{ input: DraftInput; revision: number; problem: string | null }>) => route({
    ...post, ...more, path, summary, params: CaseNo.extend({ id: z.string().max(60) }),
    handle: async (plain) => {
      const ask = plain as unknown as Handler & { params: { id: string } }
      const draft = await findDraft(deps, ask.params.caseNo, ask.caller)
      if (draft === null) return toCase(ask.params.caseNo)
      if (!draft.item.materials.some(({ id }) => id === ask.params.id)) throw refuse('material-unknown', { material: ask.params.id })
      const changed = await change(ask, draft)
      const { path: materialsPath } = stepsOf(draft).find(({ id }) => id === 'materials')!
      const frame = { ...(await frames.of(ask)), path: materialsPath }
      if (changed.problem !== null) return page(<MaterialsPage frame={frame} draft={draft} step="materials" problems={[{ name: `file-${ask.params.id}`, message: changed.problem }]} {...materialsOf(deps, draft)} />, 422)
      // Materials are one by one, so a change made on another page does not stand against this one: it is put on top of it.
      await save(ask, draft, changed.input, draft.revision)
      return new Redirect(`${materialsPath}#material-${ask.params.id}`)
    },
  })

  return [
    route({
      ...get, path: '/apply/:code', params: z.object({ code: z.string().max(40) }), summary: { zh: '开始申请', en: 'Begin an application' },
      handle: async (ask) => page(await startPage(ask)),
    }),
    route({
      ...post, path: '/apply/:code', params: z.object({ code: z.string().max(40) }), body: z.object({ who: z.enum(WHO).optional() }), summary: { zh: '开始申请', en: 'Begin an application' },
      handle: async (ask) => {
        const item = items.get(ask.params.code, house.time.today())
        if (ask.body.who === undefined) return page(await startPage(ask, SAY.who[ask.language]), 422)
        const input = await newDraft(deps, item, ask.caller as Applicant, ask.body.who)
        const answer = await house.flow.open('case', { caller: { tokenHash: ask.tokenHash! }, act: 'saveDraft', input, channel: 'online', ...(ask.idempotencyKey === undefined ? {} : { idempotencyKey: ask.idempotencyKey }) })
        return new Redirect(`/apply/draft/${part(answer.matter.no)}/applicant`)
      },
    }),
    ...stepRoutes('/apply/draft/:caseNo/applicant', {
      summary: { zh: '申请人', en: 'The applicant' }, step: () => 'applicant',
      draw: (shared, typed) => <ApplicantPage {...shared} values={typed.applicant} />,
      change: (ask, draft, _step, fields) => {
        const birthDay = dayOf(fields, 'birthDay')
        const applicant = filled({ kind: draft.input.applicant['kind'], ...identityFrom(fields), phone: textOf(fields, 'phone'), email: textOf(fields, 'email'), address: textOf(fields, 'address'), birthDay })
        const form = { ...prefilled(draft.form, applicant, Boolean(draft.input.agent)), ...draft.input.form }
        return { input: { ...draft.input, applicant, form }, problems: partyProblems(applicant, ask.language) }
      },
    }),
    ...stepRoutes('/apply/draft/:caseNo/agent', {
      summary: { zh: '代理人', en: 'The agent' }, step: () => 'agent', files: true,
      draw: (shared, typed) => <AgentPage {...shared} values={typed.agent ?? {}} />,
      change: (ask, draft, _step, fields) => {
        const given = textOf(fields, 'authorityFileId')
        const authorityFileId = given === '' ? String(draft.input.agent?.['authorityFileId'] ?? '') : given
        const agent = filled({ ...identityFrom(fields), phone: textOf(fields, 'phone'), scope: textOf(fields, 'scope'), validTo: dayOf(fields, 'validTo'), authorityFileId })
        // The guide's own power of attorney is this very paper: it is asked for once.
        const wanted = draft.item.materials.some(({ id, demanded }) => id === 'powerOfAttorney' && demanded)
        const materials = authorityFileId !== '' && wanted ? withMaterial(draft.input.materials, { materialId: 'powerOfAttorney', fileId: authorityFileId, form: 'electronic', copies: 1 }) : draft.input.materials
        const refused = textOf(fields, 'authorityFileId.refused')
        const problems = agentProblems(agent, ask.language)
        return { input: { ...draft.input, agent, materials }, problems: refused === '' ? problems : [...problems.filter(({ name }) => name !== 'authorityFileId'), { name: 'authorityFileId', message: refused }] }
      },
    }),
    ...stepRoutes('/apply/draft/:caseNo/guardian', {
      summary: { zh: '监护人', en: 'The guardian' }, step: () => 'guardian',
      draw: (shared, typed) => <GuardianPage {...shared} values={typed.representative ?? {}} />,
      change: (ask, draft, _step, fields) => {
        const representative = filled({ relation: 'guardian', ...identityFrom(fields), phone: textOf(fields, 'phone') })
        return { input: { ...draft.input, representative }, problems: guardianProblems(representative, ask.language) }
      },
    }),
    ...stepRoutes('/apply/draft/:caseNo/form/:section', {
      summary: { zh: '填写表单', en: 'A section of the form' }, step: ({ section }) => `form-${section}`,
      draw: (shared, typed) => {
        const section = stepsOf(shared.draft).find(({ id }) => id === shared.step)!.section!
        return <SectionPage {...shared} section={section} values={typed.form} visible={deps.forms.visibleFields(shared.draft.form!, typed.form).filter((id) => !(id in answered(shared.draft.form, typed)))} />
      },
      change: (ask, draft, step, fields) => {
        const form = draft.form!
        const own = step.section!.fields
        const shown = textOf(fields, 'shown').split(' ')
        const others = Object.fromEntries(Object.entries(draft.input.form).filter(([id]) => !own.some((field) => field.id === id)))
        const typed = deps.forms.valuesFromFields(form, postedFields(own, fields))
        const known = answered(form, draft.input)
        const all = onlyVisible(deps, form, { ...others, ...typed, ...known })
        const visible = deps.forms.visibleFields(form, all)
        const problems = deps.forms.validateForm(form, all, '').map((error) => ({ name: fieldOf(error.path), message: error.message[ask.language] }))
          .filter(({ name }) => own.some((field) => field.id === name))
        const come = own.filter(({ id }) => visible.includes(id) && !shown.includes(id) && !(id in known))
        // A question that these answers brought up is asked before going on; until it was seen it is not called wrong.
        const asked = come.length > 0 && problems.every(({ name }) => come.some(({ id }) => id === name))
        return { input: { ...draft.input, form: all }, problems: asked ? come.map(({ id, label }) => ({ name: id, message: `${SAY_MORE[ask.language]}${label[ask.language] || label.zh}` })) : problems }
      },
    }),
    ...stepRoutes('/apply/draft/:caseNo/commitment', {
      summary: { zh: '办理方式', en: 'How it is decided' }, step: () => 'commitment',
      draw: (shared, typed) => <CommitmentPage {...shared} chosen={typed.service['commitment'] === true} />,
      change: (ask, draft, _step, fields) => {
        const commitment = textOf(fields, 'way') === 'commitment'
        const unread = commitment && textOf(fields, 'read') !== 'true'
        return { input: { ...draft.input, service: { ...draft.input.service, commitment } }, problems: unread ? [{ name: 'read', message: SAY.read[ask.language] }] : [] }
      },
    }),
    ...stepRoutes('/apply/draft/:caseNo/materials', {
      summary: { zh: '申请材料', en: 'Materials' }, step: () => 'materials',
      draw: (shared) => <MaterialsPage {...shared} {...materialsOf(deps, shared.draft)} />,
      change: (ask, draft) => ({ input: draft.input, problems: problemsOf(deps, draft, ask.language).filter(({ step }) => step === 'materials') }),
    }),
    changeMaterial('/apply/draft/:caseNo/materials/:id', { zh: '上传材料', en: 'Upload a material' }, { parseBody: false, rate: 'upload' }, async (ask, draft) => {
      const { files } = await readFiles(deps, ask)
      const { id } = ask.params
      const file = files.get(`file-${id}`)
      if (file === undefined) return { input: draft.input, revision: draft.revision, problem: CHOOSE[ask.language] }
      if (file instanceof Refusal) return { input: draft.input, revision: draft.revision, problem: file.in(ask.language) }
      return { input: { ...draft.input, materials: withMaterial(draft.input.materials, { materialId: id, fileId: file.id, form: 'electronic', copies: 1 }) }, revision: draft.revision, problem: null }
    }),
    changeMaterial('/apply/draft/:caseNo/materials/:id/paper', { zh: '交纸质材料', en: 'Hand in on paper' }, { body: ANY_FIELDS }, async (ask, draft) => {
      const fields = ask.body as Fields
      const { id } = ask.params
      const copies = Number(textOf(fields, `copies-${id}`))
      const form = textOf(fields, `form-${id}`) === 'copy' ? 'copy' as const : 'original' as const
      if (!Number.isInteger(copies) || copies < 1 || copies > 99) return { input: draft.input, revision: draft.revision, problem: COPIES[ask.language] }
      return { input: { ...draft.input, materials: withMaterial(draft.input.materials, { materialId: id, fileId: null, form, copies }) }, revision: draft.revision, problem: null }
    }),
    changeMaterial('/apply/draft/:caseNo/materials/:id/remove', { zh: '去掉材料', en: 'Remove a material' }, { body: ANY_FIELDS }, async (ask, draft) =>
      ({ input: { ...draft.input, materials: draft.input.materials.filter(({ materialId }) => materialId !== ask.params.id) }, revision: draft.revision, problem: null })),
    ...stepRoutes('/apply/draft/:caseNo/service', {
      summary: { zh: '送达方式', en: 'Service of papers' }, step: () => 'service',
      draw: (shared, typed) => <ServicePage {...shared} values={typed.service} />,
      change: (ask, draft, _step, fields) => {
        const mode = textOf(fields, 'mode')
        const service = filled({ ...(draft.input.service['commitment'] === undefined ? {} : { commitment: draft.input.service['commitment'] }), mode, consent: textOf(fields, 'consent') === 'true', address: mode === 'mail' ? textOf(fields, 'address') : '' })
        return { input: { ...draft.input, service }, problems: serviceProblems(service, ask.language) }
      },
    }),
    ...stepRoutes('/apply/draft/:caseNo/review', {
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

  function reviewOf(frame: Awaited<ReturnType<typeof frames.of>>, draft: Draft, problems: readonly Problem[], ticked = { deferred: false, declared: false }, stale = false): Markup {
    return <ReviewPage frame={frame} draft={draft} step="review" problems={problems} stale={stale} ticked={ticked} sendKey={newKey()} {...materialsOf(deps, draft)} />
  }

  async function startPage(ask: Ask<{ code: string }, unknown, unknown>, error?: string): Promise<Markup> {
    const caller = ask.caller as Applicant
    const item = items.get(ask.params.code, house.time.today())
    const { matters } = await mattersOfParties(house.db, partiesOf(caller), 50, 0)
    const drafts = matters.filter((matter) => matter.kind === 'case' && matter.stage === 'draft' && matter.subject === item.code).map(({ no }) => ({ caseNo: no }))
    return <StartPage frame={{ ...(await frames.of(ask)), path: `/apply/${part(item.code)}` }} item={item} reader={{ name: caller.name, organisation: caller.ownPartyId !== undefined && caller.ownPartyId !== caller.partyId }} drafts={drafts} sendKey={newKey()} {...(error === undefined ? {} : { error })} />
  }
}

const SAY_MORE = { zh: '还需要填写：', en: 'Also needed: ' }
const CHOOSE = { zh: '请先选择文件', en: 'Choose a file first' }
const COPIES = { zh: '份数应当是 1 到 99', en: 'Between 1 and 99' }

const identityFrom = (fields: Fields) => ({ name: textOf(fields, 'name'), idType: textOf(fields, 'idType'), idNumber: normaliseIdNumber(textOf(fields, 'idNumber')) })

/** Values of fields that no longer concern the application leave it with the answer that had brought them up. */
function onlyVisible(deps: CasePagesDeps, form: NonNullable<Draft['form']>, values: Record<string, unknown>): Record<string, unknown> {
  const visible = deps.forms.visibleFields(form, values)
  const kept = Object.fromEntries(Object.entries(values).filter(([id]) => visible.includes(id)))
  return Object.keys(kept).length === Object.keys(values).length ? kept : onlyVisible(deps, form, kept)
}

/** A form with one file, as plain fields: the stored file's id stands under its field's name. */
async function filesAsFields(deps: CasePagesDeps, ask: Handler): Promise<Fields> {
  const { fields, files } = await readFiles(deps, ask)
  const stored = [...files].map(([name, file]) => (file instanceof Refusal ? [`${name}.refused`, file.in(ask.language)] : [name, file.id]))
  return { ...fields, ...Object.fromEntries(stored) as Record<string, string> }
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
