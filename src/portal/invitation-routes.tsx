import { z } from 'zod'
import { Refusal } from '../base/refusal.ts'
import type { Language } from '../base/text.ts'
import type { InviteAcceptance } from '../kernel/access/invites.ts'
import { Page, Redirect, route, type Route } from '../kernel/http/types.ts'
import { markup, type Fault, type Frames } from '../kit/portal/index.ts'
import { InvitationPage } from './invitation-page.tsx'

const Text = z.string().max(200).default('')
const Token = z.object({ token: z.string().max(200) })
const Fields = z.object({ organisationCode: Text, organisationZh: Text, organisationEn: Text, divisionCode: Text, nameZh: Text, nameEn: Text, staffNo: Text, username: Text, password: Text })
const guard = { open: '首任管理员凭一次性链接设立账户' }

export interface InvitationDeps {
  readonly frames: Frames
  /** Refuses a link that was used, has expired or never was. */
  readonly demand: (token: string) => Promise<void>
  readonly accept: (input: Omit<InviteAcceptance, 'at'>) => Promise<unknown>
}

/** Which field of the form a refusal is about; what none is named for stands at the first. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'access/weak-password': 'password', 'access/username-taken': 'username', '/username': 'username', '/code': 'organisationCode', '/divisionCode': 'divisionCode', '/staffNo': 'staffNo', 'org/staff-no-taken': 'staffNo',
}
function faultsOf(refusal: Refusal, language: Language): readonly Fault[] {
  const single = { name: FIELD_OF[refusal.code] ?? 'organisationCode', message: refusal.in(language) }
  return refusal.errors.length === 0 ? [single] : refusal.errors.map((one) => ({ name: FIELD_OF[one.path] ?? 'organisationCode', message: one.message[language] }))
}

/** The one-time link of the first administrator: a form, then the sign-in. What was refused is shown in the form; the password never comes back. */
export const invitationPages = ({ frames, demand, accept }: InvitationDeps): readonly Route[] => [
  route({
    method: 'GET', path: '/invitation', kind: 'page', rate: 'page', guard, summary: { zh: '首任管理员', en: 'First administrator' }, query: Token,
    handle: async (ask) => {
      await demand(ask.query.token)
      return new Page(markup(<InvitationPage frame={await frames.of(ask)} token={ask.query.token} values={{}} faults={[]} />))
    },
  }),
  route({
    method: 'POST', path: '/invitation', kind: 'page', rate: 'signIn', guard, summary: { zh: '设立首任管理员', en: 'Set up the first administrator' }, query: Token, body: Fields,
    handle: async (ask) => {
      const { organisationCode, organisationZh, organisationEn, divisionCode, nameZh, nameEn, staffNo, username, password } = ask.body
      try {
        await accept({ token: ask.query.token, username, password, staffNo, name: { zh: nameZh, en: nameEn }, organisation: { code: organisationCode, name: { zh: organisationZh, en: organisationEn }, divisionCode } })
        return new Redirect('/sign-in')
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const { password: _password, ...values } = ask.body
        return new Page(markup(<InvitationPage frame={await frames.of(ask)} token={ask.query.token} values={values} faults={faultsOf(error, ask.language)} />), { status: error.status })
      }
    },
  }),
]
