import { z } from 'zod'
import type { Applicant } from '../../../kernel/access/types.ts'
import { normaliseIdNumber } from '../../../kernel/access/identity-types.ts'
import { mattersOfParties } from '../../../kernel/flow/queries.ts'
import { partiesOf, withinScope } from '../../../kernel/flow/actor.ts'
import { Redirect, route, type Ask, type Route } from '../../../kernel/http/types.ts'
import { fieldOf, part, type Markup } from '../../../kit/portal/index.ts'
import { newKey } from './apply-frame.tsx'
import { get, page, post, stepRoutes } from './apply-steps.tsx'
import { materialRoutes } from './apply-material-routes.tsx'
import { sendRoutes } from './apply-send-routes.tsx'
import { StartPage } from './apply-start-page.tsx'
import type { CasePagesDeps } from './deps.ts'
import { agencyOf, agentProblems, answered, guardianProblems, newDraft, partyProblems, prefilled, presentedProblems, serviceProblems, stepsOf, WHO, withAuthority, type Draft } from './draft.ts'
import { CommitmentPage, SectionPage, ServicePage } from './fill-pages.tsx'
import { postedFields } from './form-fields.tsx'
import { AgentPage, ApplicantPage, GuardianPage } from './people-pages.tsx'
import { dayOf, filled, textOf, type Fields } from './posted.ts'

const SAY = { changed: { zh: '您现在以“{name}”的名义办理，请核对后再开始', en: 'You act as “{name}” now; check, then begin' }, who: { zh: '请选择您为谁申请', en: 'Choose for whom you apply' }, read: { zh: '请先阅读并勾选承诺', en: 'Read the letter and tick that you make it' }, more: { zh: '还需要填写：', en: 'Also needed: ' } } as const

/** The pages of an application, from "what do I need" to the receipt. */
export const applyRoutes = (deps: CasePagesDeps): Route[] => [...beginRoutes(deps), ...peopleRoutes(deps), ...fillRoutes(deps), ...materialRoutes(deps), ...sendRoutes(deps)]

function beginRoutes(deps: CasePagesDeps): Route[] {
  const { house, frames, items } = deps

  async function startPage(ask: Ask<{ code: string }, unknown, unknown>, error?: string): Promise<Markup> {
    const caller = ask.caller as Applicant
    const item = items.get(ask.params.code, house.time.today())
    const { matters } = await mattersOfParties(house.db, partiesOf(caller), 50, 0, [item.code])
    const agency = await agencyOf(deps, caller)
    const drafts = matters.filter((matter) => matter.kind === 'case' && matter.stage === 'draft' && matter.subject === item.code).map(({ no }) => ({ caseNo: no }))
    return <StartPage frame={{ ...(await frames.of(ask)), path: `/apply/${part(item.code)}` }} item={item} reader={{ partyId: caller.partyId, name: caller.name, organisation: caller.ownPartyId !== undefined && caller.ownPartyId !== caller.partyId, agency, covered: withinScope(caller, item.code) }} drafts={drafts} sendKey={newKey()} {...(error === undefined ? {} : { error })} />
  }

  return [
    route({
      ...get, path: '/apply/:code', params: z.object({ code: z.string().max(40) }), summary: { zh: '开始申请', en: 'Begin an application' },
      handle: async (ask) => page(await startPage(ask)),
    }),
    route({
      ...post, path: '/apply/:code', params: z.object({ code: z.string().max(40) }), body: z.object({ who: z.enum(WHO).optional(), party: z.uuid().optional() }), summary: { zh: '开始申请', en: 'Begin an application' },
      handle: async (ask) => {
        const item = items.get(ask.params.code, house.time.today())
        if (ask.body.who === undefined) return page(await startPage(ask, SAY.who[ask.language]), 422)
        const caller = ask.caller as Applicant
        // The agency ended, or another tab chose another name, since the page was drawn: nothing begins in a name that was not seen.
        if (ask.body.party !== undefined && ask.body.party !== caller.partyId) return page(await startPage(ask, SAY.changed[ask.language].replace('{name}', caller.name)), 409)
        const agency = await agencyOf(deps, caller)
        // What was offered under another name, or is not admitted to an agent, is offered anew and not made into something else.
        const inAnothersName = caller.ownPartyId !== undefined && caller.ownPartyId !== caller.partyId
        if ((inAnothersName && ask.body.who !== 'self') || (agency !== null && item.inPersonOnly !== null)) return page(await startPage(ask, SAY.who[ask.language]), 422)
        const input = await newDraft(deps, item, caller, ask.body.who, agency)
        const answer = await house.flow.open('case', { caller: { tokenHash: ask.tokenHash! }, act: 'saveDraft', input, channel: 'online', ...(ask.idempotencyKey === undefined ? {} : { idempotencyKey: ask.idempotencyKey }) })
        return new Redirect(`/apply/draft/${part(answer.matter.no)}/applicant`)
      },
    }),
  ]
}

/** Who applies, who acts for whom. */
const peopleRoutes = (deps: CasePagesDeps): Route[] => [
  ...stepRoutes(deps, '/apply/draft/:caseNo/applicant', {
    summary: { zh: '申请人', en: 'The applicant' }, step: () => 'applicant',
    draw: (shared, typed) => <ApplicantPage {...shared} values={typed.applicant} />,
    change: (ask, draft, _step, fields) => {
      const birthDay = dayOf(fields, 'birthDay')
      const applicant = filled({ kind: draft.input.applicant['kind'], ...identityFrom(fields), phone: textOf(fields, 'phone'), email: textOf(fields, 'email'), address: textOf(fields, 'address'), birthDay })
      const form = { ...prefilled(draft.form, applicant, Boolean(draft.input.agent)), ...draft.input.form }
      const input = { ...draft.input, applicant, form }
      return { input, problems: [...partyProblems(applicant, ask.language), ...presentedAt('applicant', draft, input, ask.language)] }
    },
  }),
  ...stepRoutes(deps, '/apply/draft/:caseNo/agent', {
    summary: { zh: '代理人', en: 'The agent' }, step: () => 'agent', files: true,
    draw: (shared, typed) => <AgentPage {...shared} values={typed.agent ?? {}} />,
    change: (ask, draft, _step, fields) => {
      const given = textOf(fields, 'authorityFileId')
      const authorityFileId = given === '' ? String(draft.input.agent?.['authorityFileId'] ?? '') : given
      const agent = filled({ ...identityFrom(fields), phone: textOf(fields, 'phone'), scope: textOf(fields, 'scope'), validTo: dayOf(fields, 'validTo'), authorityFileId })
      const materials = authorityFileId === '' ? draft.input.materials : withAuthority(draft.item, draft.input.materials, authorityFileId)
      const refused = textOf(fields, 'authorityFileId.refused')
      const input = { ...draft.input, agent, materials }
      const problems = [...agentProblems(agent, ask.language), ...presentedAt('agent', draft, input, ask.language)]
      return { input, problems: refused === '' ? problems : [...problems.filter(({ name }) => name !== 'authorityFileId'), { name: 'authorityFileId', message: refused }] }
    },
  }),
  ...stepRoutes(deps, '/apply/draft/:caseNo/guardian', {
    summary: { zh: '监护人', en: 'The guardian' }, step: () => 'guardian',
    draw: (shared, typed) => <GuardianPage {...shared} values={typed.representative ?? {}} />,
    change: (ask, draft, _step, fields) => {
      const representative = filled({ relation: 'guardian', ...identityFrom(fields), phone: textOf(fields, 'phone') })
      const input = { ...draft.input, representative }
      return { input, problems: [...guardianProblems(representative, ask.language), ...presentedAt('guardian', draft, input, ask.language)] }
    },
  }),
]

/** The form, section by section, how it is decided, and how papers are served. */
const fillRoutes = (deps: CasePagesDeps): Route[] => [
  ...stepRoutes(deps, '/apply/draft/:caseNo/form/:section', {
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
      return { input: { ...draft.input, form: all }, problems: asked ? come.map(({ id, label }) => ({ name: id, message: `${SAY.more[ask.language]}${label[ask.language] || label.zh}` })) : problems }
    },
  }),
  ...stepRoutes(deps, '/apply/draft/:caseNo/commitment', {
    summary: { zh: '办理方式', en: 'How it is decided' }, step: () => 'commitment',
    draw: (shared, typed) => <CommitmentPage {...shared} chosen={typed.service['commitment'] === true} />,
    change: (ask, draft, _step, fields) => {
      const commitment = textOf(fields, 'way') === 'commitment'
      const unread = commitment && textOf(fields, 'read') !== 'true'
      return { input: { ...draft.input, service: { ...draft.input.service, commitment } }, problems: unread ? [{ name: 'read', message: SAY.read[ask.language] }] : [] }
    },
  }),
  ...stepRoutes(deps, '/apply/draft/:caseNo/service', {
    summary: { zh: '送达方式', en: 'Service of papers' }, step: () => 'service',
    draw: (shared, typed) => <ServicePage {...shared} values={typed.service} />,
    change: (ask, draft, _step, fields) => {
      const mode = textOf(fields, 'mode')
      const service = filled({ ...(draft.input.service['commitment'] === undefined ? {} : { commitment: draft.input.service['commitment'] }), mode, consent: textOf(fields, 'consent') === 'true', address: mode === 'mail' ? textOf(fields, 'address') : '' })
      return { input: { ...draft.input, service }, problems: serviceProblems(service, ask.language) }
    },
  }),
]

const presentedAt = (step: string, draft: Draft, input: Draft['input'], language: 'zh' | 'en') => presentedProblems(draft, input, language).filter((one) => one.step === step).map(({ name, message }) => ({ name, message }))
const identityFrom = (fields: Fields) => ({ name: textOf(fields, 'name'), idType: textOf(fields, 'idType'), idNumber: normaliseIdNumber(textOf(fields, 'idNumber')) })

/** Values of fields that no longer concern the application leave it with the answer that had brought them up. */
function onlyVisible(deps: CasePagesDeps, form: NonNullable<Draft['form']>, values: Record<string, unknown>): Record<string, unknown> {
  const visible = deps.forms.visibleFields(form, values)
  const kept = Object.fromEntries(Object.entries(values).filter(([id]) => visible.includes(id)))
  return Object.keys(kept).length === Object.keys(values).length ? kept : onlyVisible(deps, form, kept)
}
