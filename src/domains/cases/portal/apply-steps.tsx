import { z } from 'zod'
import { Refusal } from '../../../base/refusal.ts'
import { Page, Redirect, route, type Ask, type Route } from '../../../kernel/http/types.ts'
import { markup, part, type Fault, type Frame, type Markup } from '../../../kit/portal/index.ts'
import { DraftInput } from '../contract.ts'
import { refuse } from '../errors.ts'
import type { CasePagesDeps } from './deps.ts'
import { findDraft, stepsOf, type Draft, type Step } from './draft.ts'
import { ANY_FIELDS, readFiles, revisionIn, textOf, type Fields } from './posted.ts'

const guard = { signedIn: 'applicant' } as const
export const get = { method: 'GET', kind: 'page', rate: 'page', guard } as const
export const post = { method: 'POST', kind: 'page', rate: 'write', guard } as const
export const CaseNo = z.object({ caseNo: z.string().min(1).max(60) })

export type Handler = Ask<{ caseNo: string }, unknown, unknown>
type Params = Readonly<Record<string, string>>
interface Changed { readonly input: DraftInput; readonly problems: readonly Fault[] }

export const page = (element: Markup, status = 200): Page => new Page(markup(element), { status })
export const toCase = (caseNo: string): Redirect => new Redirect(`/my/cases/${part(caseNo)}`)
export const revisionOf = (fields: Fields, draft: Draft): number => revisionIn(fields) ?? draft.revision

/** Keeps the draft; a draft changed meanwhile on another page answers its newest state, so that what was typed can be kept with it. */
export async function saveDraft(deps: CasePagesDeps, ask: Handler, draft: Draft, input: DraftInput, revision: number): Promise<{ readonly draft: Draft; readonly stale: boolean }> {
  try {
    const answer = await deps.house.flow.perform(draft.caseNo, revision, { caller: { tokenHash: ask.tokenHash! }, act: 'saveDraft', input: DraftInput.parse(input), channel: 'online' })
    return { draft: { ...draft, revision: answer.matter.revision, input }, stale: false }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'flow/stale') throw error
    const newest = await findDraft(deps, draft.caseNo, ask.caller)
    if (newest === null) throw error
    return { draft: newest, stale: true }
  }
}

const onward = (draft: Draft, step: string, fields: Fields): Redirect => {
  const steps = stepsOf(draft)
  return new Redirect(textOf(fields, 'then') === 'later' ? '/my' : (steps[steps.findIndex(({ id }) => id === step) + 1] ?? steps.at(-1)!).path)
}

interface StepSpec {
  readonly summary: { zh: string; en: string }
  readonly files?: boolean
  readonly step: (params: Params) => string
  readonly draw: (shared: { frame: Frame; draft: Draft; step: string; problems: readonly Fault[]; stale?: boolean }, typed: DraftInput) => Promise<Markup> | Markup
  readonly change?: (ask: Handler, draft: Draft, step: Step, fields: Fields) => Promise<Changed> | Changed
}

/** A page that is drawn from the draft and, posted, changes it; saved in any case, and gone on from where nothing is wrong. */
export function stepRoutes(deps: CasePagesDeps, path: string, spec: StepSpec): Route[] {
  const { frames } = deps
  const stepOf = (draft: Draft, params: Params): Step => {
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
      const kept = await saveDraft(deps, ask, draft, input, revisionOf(fields, draft))
      const leaving = textOf(fields, 'then') === 'later'
      if (!kept.stale && (problems.length === 0 || leaving)) return onward(kept.draft, step.id, fields)
      const frame = { ...(await frames.of(ask)), path: step.path }
      return page(await spec.draw({ frame, draft: kept.stale ? kept.draft : { ...kept.draft, input }, step: step.id, problems, stale: kept.stale }, input), kept.stale ? 409 : 422)
    },
  })]
}

/** A form with one file, as plain fields: the stored file's id stands under its field's name. */
async function filesAsFields(deps: CasePagesDeps, ask: Handler): Promise<Fields> {
  const { fields, files } = await readFiles(deps, ask)
  const stored = [...files].map(([name, file]) => (file instanceof Refusal ? [`${name}.refused`, file.in(ask.language)] : [name, file.id]))
  return { ...fields, ...Object.fromEntries(stored) as Record<string, string> }
}
