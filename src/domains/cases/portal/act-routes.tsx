import { z } from 'zod'
import { Refusal } from '../../../base/refusal.ts'
import { Page, Redirect, route, type Ask, type Route } from '../../../kernel/http/types.ts'
import { fieldOf, markup, part } from '../../../kit/portal/index.ts'
import { ActPage, PARTY_ACTS, wantedBy, type ActPageProps, type PartyAct } from './act-page.tsx'
import { newKey } from './apply-frame.tsx'
import type { CasePagesDeps } from './deps.ts'
import { postedFields } from './form-fields.tsx'
import { filled, readFiles, revisionIn, type PostedFiles } from './posted.ts'
import { readCase, type ShownCase } from './read-case.ts'

const guard = { signedIn: 'applicant' } as const
const Params = z.object({ caseNo: z.string().min(1).max(60), act: z.enum(PARTY_ACTS) })
const SAY = { statement: { zh: '请写明陈述、申辩，或者勾选放弃', en: 'State your case, or tick that you waive it' }, file: { zh: '请上传“{name}”', en: 'Upload “{name}”' } } as const

/** The acts an applicant may do on her case, each on a page of its own. */
export function actRoutes(deps: CasePagesDeps): Route[] {
  const { house, frames, items } = deps
  const propsOf = async (ask: Ask<z.infer<typeof Params>, unknown, unknown>, shown: ShownCase): Promise<ActPageProps> => {
    const { matter } = shown
    const item = items.version(matter.data.item.code, matter.data.item.version)
    return {
      frame: { ...(await frames.of(ask)), path: `/my/cases/${part(matter.no)}/do/${ask.params.act}` }, caseNo: matter.no, revision: matter.revision, act: ask.params.act, data: matter.data, item,
      form: item.formId === null ? null : deps.items.form(item.formId), sendKey: newKey(), values: {}, entered: matter.data.form, uploaded: new Map(), problems: [], stale: false,
    }
  }
  const path = '/my/cases/:caseNo/do/:act'
  const summary = { zh: '申请人的一个行为', en: 'An act of the applicant' }
  return [
    route({
      method: 'GET', kind: 'page', rate: 'page', guard, path, params: Params, summary,
      handle: async (ask) => {
        const shown = await readCase(house, ask.params.caseNo, ask.caller, ask.language)
        // What is not to be done now is not asked: the case says how it stands.
        if (!shown.view.acts.some(({ act }) => act === ask.params.act)) return new Redirect(`/my/cases/${part(shown.view.caseNo)}`)
        return new Page(markup(<ActPage {...await propsOf(ask, shown)} />))
      },
    }),
    route({
      method: 'POST', kind: 'page', rate: 'upload', guard, path, params: Params, summary, parseBody: false,
      handle: async (ask) => {
        const shown = await readCase(house, ask.params.caseNo, ask.caller, ask.language)
        const posted = await readFiles(deps, ask)
        const props = await propsOf(ask, shown)
        const uploaded = new Map([...posted.files].flatMap(([name, file]) => (file instanceof Refusal ? [] : [[name, { id: file.id, name: file.name }] as const])))
        const { entered, input, problems } = inputOf(deps, ask.params.act, props, posted, ask.language)
        const again = (more: Partial<ActPageProps>, status: number): Page => new Page(markup(<ActPage {...props} values={posted.fields} entered={entered} uploaded={uploaded} {...more} />), { status })
        if (problems.length > 0) return again({ problems }, 422)
        const seen = revisionIn(posted.fields) ?? props.revision
        try {
          await house.flow.perform(props.caseNo, onlySystemSince(shown, seen) ? props.revision : seen, { caller: { tokenHash: ask.tokenHash! }, act: ask.params.act, input, channel: 'online', ...(posted.key === undefined ? {} : { idempotencyKey: posted.key }) })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          if (error.code === 'flow/stale') return again({ stale: true }, 409)
          const at = error.errors.length > 0 ? error.errors.map((one) => ({ name: nameOf(fieldOf(one.path)), message: one.message[ask.language] })) : [{ name: ask.params.act === 'collect' ? 'code' : firstField(ask.params.act), message: error.in(ask.language) }]
          return again({ problems: at }, error.status)
        }
        return new Redirect(`/my/cases/${part(props.caseNo)}?done=1`)
      },
    }),
  ]
}

/** What the system noted meanwhile, such as a message that did not arrive, is nothing the applicant would decide otherwise upon. */
const onlySystemSince = ({ view }: ShownCase, revision: number): boolean => view.history.slice(revision).every(({ post, toStage }) => post === 'system' && toStage === view.stage)

const firstField = (act: PartyAct): string => ({ supplement: 'remarks', supplyDeferred: 'remarks', correctOnSpot: 'what', clarify: 'answer', collect: 'code', hearAnnulment: 'statement', withdraw: 'reason' })[act]
const nameOf = (name: string): string => name.replace(/^form\./, '')

type Language = 'zh' | 'en'

/** What was posted as the act's input, and what is lacking before it may be tried. */
function inputOf(deps: CasePagesDeps, act: PartyAct, props: ActPageProps, posted: PostedFiles, language: Language): { readonly input: Record<string, unknown>; readonly entered: Readonly<Record<string, unknown>>; readonly problems: readonly { readonly name: string; readonly message: string }[] } {
  const { materials, fields } = wantedBy(act, props.data, props.item, props.form)
  const text = (name: string): string => (posted.fields[name] ?? '').trim()
  const refused = [...posted.files].flatMap(([name, file]) => (file instanceof Refusal ? [{ name, message: file.in(language) }] : []))
  const given = materials.flatMap((material) => {
    const file = posted.files.get(`file-${material.id}`)
    return file === undefined || file instanceof Refusal ? [] : [{ materialId: material.id, fileId: file.id, form: 'electronic' as const, copies: 1 }]
  })
  const lacking = act === 'correctOnSpot' ? [] : materials.filter(({ id }) => !posted.files.has(`file-${id}`)).map((material) => ({ name: `file-${material.id}`, message: SAY.file[language].replace('{name}', material.name[language] || material.name.zh) }))
  if (act === 'clarify') {
    const file = posted.files.get('attachment')
    return { input: { answer: text('answer'), files: file === undefined || file instanceof Refusal ? [] : [file.id] }, entered: {}, problems: refused }
  }
  if (act === 'collect') return { input: { code: text('code'), signedBy: text('signedBy') }, entered: {}, problems: [] }
  if (act === 'hearAnnulment') {
    const [statement, waived] = [text('statement'), text('waived') !== '']
    return { input: { statement, waived }, entered: {}, problems: statement === '' && !waived ? [{ name: 'statement', message: SAY.statement[language] }] : [] }
  }
  if (act === 'withdraw') return { input: { reason: text('reason') }, entered: {}, problems: [] }
  if (act === 'supplyDeferred') return { input: { materials: given }, entered: {}, problems: [...refused, ...lacking] }
  if (act === 'correctOnSpot') return { input: { form: {}, materials: given, what: text('what') }, entered: {}, problems: refused }
  const typed = props.form === null ? {} : filled(deps.forms.valuesFromFields(props.form, postedFields(fields, posted.fields)))
  const whole = { ...props.data.form, ...typed }
  const wrong = props.form === null ? [] : deps.forms.validateForm(props.form, whole, '').map((error) => ({ name: fieldOf(error.path), message: error.message[language] })).filter(({ name }) => fields.some(({ id }) => id === name))
  return { input: { form: typed, materials: given, remarks: text('remarks') }, entered: whole, problems: [...refused, ...lacking, ...wrong] }
}
