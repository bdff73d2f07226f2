import { z } from 'zod'
import { Refusal } from '../base/refusal.ts'
import type { InviteAcceptance } from '../kernel/access/invites.ts'
import { Page, Redirect, route, type Route } from '../kernel/http/types.ts'
import { markup, type Frames } from '../kit/portal/index.ts'
import { InvitationPage } from './invitation-page.tsx'

const Text = z.string().max(200).default('')
const Token = z.object({ token: z.string().max(200) })
const Fields = z.object({ organisationCode: Text, organisationZh: Text, organisationEn: Text, divisionCode: Text, nameZh: Text, nameEn: Text, staffNo: Text, username: Text, password: Text })
const guard = { open: '首任管理员凭一次性链接设立账户' }

export interface InvitationDeps { readonly frames: Frames; readonly accept: (input: Omit<InviteAcceptance, 'at'>) => Promise<unknown> }

/** The one-time link of the first administrator: a form, then the sign-in. What was refused is shown in the form; the password never comes back. */
export const invitationPages = ({ frames, accept }: InvitationDeps): readonly Route[] => [
  route({
    method: 'GET', path: '/invitation', kind: 'page', rate: 'page', guard, summary: { zh: '首任管理员', en: 'First administrator' }, query: Token,
    handle: async (ask) => new Page(markup(<InvitationPage frame={await frames.of(ask)} token={ask.query.token} values={{}} />)),
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
        const details = error.errors.map((one) => one.message[ask.language]).join(' ')
        return new Page(markup(<InvitationPage frame={await frames.of(ask)} token={ask.query.token} values={values} error={`${error.in(ask.language)} ${details}`.trim()} />), { status: error.status })
      }
    },
  }),
]
