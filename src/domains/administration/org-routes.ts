import { z } from 'zod'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Caller } from '../../kernel/access/types.ts'
import type { Database } from '../../kernel/db/database.ts'
import type { House } from '../../kernel/house.ts'
import { refuse as refuseCall } from '../../kernel/http/errors.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { closeHolding, closeOrganisation, closePost, createAuthorisation, createHolding, createLeave, createOrganisation, createPerson, createPost, endLeave, revokeAuthorisation } from '../../kernel/org/commands.ts'
import { postsWithoutAnybody } from '../../kernel/org/holders.ts'
import { findAuthorisations, findPosts, organisationTree } from '../../kernel/org/organisations.ts'
import type { Note } from '../../kernel/org/save.ts'
import { LastDay, NewAuthorisation, NewHolding, NewLeave, NewOrganisation, NewPerson, NewPost, Revocation, type AuthorisationView, type LeaveView, type OrganisationView, type PersonView, type PostView, type RoleView, type UncoveredView } from './contract.ts'
import { colleaguesOf, findPeople, leavesFrom, personNames, rolesOf, type ColleagueRow } from './queries.ts'

const READ = { permission: 'org.read' } as const
const ORG = { permission: 'org.manage' } as const
const ACCESS = { permission: 'access.manage' } as const
const Id = z.object({ id: z.uuid() })
const BASE = '/api/v1/administration'

interface Spec<B> { readonly path: string; readonly guard: typeof ORG | typeof ACCESS; readonly zh: string; readonly en: string; readonly body: z.ZodType<B>; readonly run: (db: Database, note: Note, body: B, id: string) => Promise<{ readonly id: string }> }

/** Organisations, posts, who holds them and on whose behalf. Commands keep their history; nothing is deleted, it ends. */
export function orgRoutes(house: House): readonly Route[] {
  const today = () => house.time.today()
  /** A command of `kernel/org`: a path with `:id` ends something, one without makes it. */
  const command = <B>({ path, guard, zh, en, body, run }: Spec<B>): Route => route({
    method: 'POST', path: `${BASE}/${path}`, guard, kind: 'api', rate: 'write', status: path.includes(':id') ? 200 : 201, summary: { zh, en }, ...(path.includes(':id') ? { params: Id } : {}), body,
    handle: async (ask) => {
      const note: Note = { at: house.time.now(), byPersonId: ask.caller.kind === 'officer' ? ask.caller.personId : null }
      const { id } = await run(house.db, note, ask.body, (ask.params as { id?: string }).id ?? '')
      await house.reload()
      return { id }
    },
  })
  const day = (text: string) => text as CivilDay
  return [
    route({
      method: 'GET', path: `${BASE}/organisations`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '机构树', en: 'The tree of organisations' },
      handle: async (): Promise<{ organisations: readonly OrganisationView[] }> => ({ organisations: await organisationTree(house.db, today()) }),
    }),
    route({
      method: 'GET', path: `${BASE}/posts`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '岗位与任岗', en: 'Posts with their holders' },
      query: z.object({ q: z.string().max(100).optional(), organisationId: z.uuid().optional(), page: z.coerce.number().int().min(1).max(1000).default(1) }),
      handle: async ({ query }): Promise<{ posts: PostView[]; total: number }> => {
        const { items, total } = await findPosts(house.db, today(), { page: query.page, size: 100, ...(query.q ? { q: query.q } : {}), ...(query.organisationId ? { organisationId: query.organisationId } : {}) })
        return { total, posts: items.map(({ id, code, name, role, bAlongside, organisation, holders }) => ({ id, code, name, role, bAlongside, organisation: { id: organisation.id, name: organisation.name }, holders })) }
      },
    }),
    route({
      method: 'GET', path: `${BASE}/posts/uncovered`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '今天无人可任的岗位', en: 'Posts from which nobody can act today' },
      handle: async (): Promise<{ posts: readonly UncoveredView[] }> => ({ posts: await postsWithoutAnybody(house.db, today()) }),
    }),
    route({
      method: 'GET', path: `${BASE}/authorisations`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '委托与授权', en: 'Entrustments and authorisations' }, query: z.object({ organisationId: z.uuid() }),
      handle: async ({ query }): Promise<{ authorisations: AuthorisationView[] }> => ({ authorisations: await authorisationsOf(house, query.organisationId) }),
    }),
    route({
      method: 'GET', path: `${BASE}/people`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '人员', en: 'People' }, query: z.object({ q: z.string().max(100).default('') }),
      handle: async ({ query }): Promise<{ people: PersonView[] }> => ({ people: await findPeople(house.db, query.q.trim(), today()) }),
    }),
    route({
      method: 'GET', path: `${BASE}/colleagues`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '同机构的同事', en: 'Colleagues of one’s own organisations' },
      handle: async ({ caller }): Promise<{ people: ColleagueRow[] }> => ({ people: await colleagues(house, caller) }),
    }),
    route({
      method: 'GET', path: `${BASE}/leaves`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '请假', en: 'Leave under way or to come' },
      handle: async (): Promise<{ leaves: LeaveView[] }> => ({ leaves: await leavesFrom(house.db, today()) }),
    }),
    route({
      method: 'GET', path: `${BASE}/roles`, guard: READ, kind: 'api', rate: 'read', summary: { zh: '角色与权限', en: 'Roles and their permissions' },
      handle: async (): Promise<{ roles: RoleView[] }> => ({ roles: await rolesOf(house.db) }),
    }),
    command({ path: 'organisations', guard: ORG, zh: '设立机构', en: 'Set up an organisation', body: NewOrganisation, run: (db, note, body) => createOrganisation(db, note, { ...body, validFrom: day(body.validFrom) }) }),
    command({ path: 'organisations/:id/closure', guard: ORG, zh: '撤销机构', en: 'Close an organisation', body: LastDay, run: (db, note, body, id) => closeOrganisation(db, note, id, day(body.lastDay)) }),
    command({ path: 'posts', guard: ORG, zh: '设岗', en: 'Create a post', body: NewPost, run: (db, note, body) => createPost(db, note, { ...body, validFrom: day(body.validFrom) }) }),
    command({ path: 'posts/:id/closure', guard: ORG, zh: '撤岗', en: 'Close a post', body: LastDay, run: (db, note, body, id) => closePost(db, note, id, day(body.lastDay)) }),
    command({ path: 'people', guard: ORG, zh: '登记人员', en: 'Enter a person', body: NewPerson, run: (db, note, body) => createPerson(db, note, { ...body, validFrom: day(body.validFrom) }) }),
    command({ path: 'leaves', guard: ORG, zh: '登记请假', en: 'Enter leave', body: NewLeave, run: (db, note, body) => createLeave(db, note, { ...body, validFrom: day(body.validFrom), validTo: day(body.validTo) }) }),
    command({ path: 'leaves/:id/end', guard: ORG, zh: '销假', en: 'End leave', body: LastDay, run: (db, note, body, id) => endLeave(db, note, id, day(body.lastDay)) }),
    command({ path: 'holdings', guard: ACCESS, zh: '任岗', en: 'Put a person into a post', body: NewHolding, run: (db, note, body) => createHolding(db, note, { ...body, validFrom: day(body.validFrom), validTo: body.validTo === null ? null : day(body.validTo) }) }),
    command({ path: 'holdings/:id/closure', guard: ACCESS, zh: '免岗', en: 'End a holding', body: LastDay, run: (db, note, body, id) => closeHolding(db, note, id, day(body.lastDay)) }),
    command({ path: 'authorisations', guard: ACCESS, zh: '委托或者授权', en: 'Give an authorisation', body: NewAuthorisation, run: (db, note, body) => createAuthorisation(db, note, { ...body, validFrom: day(body.validFrom), validTo: day(body.validTo) }) }),
    command({ path: 'authorisations/:id/revocation', guard: ACCESS, zh: '撤销授权', en: 'Revoke an authorisation', body: Revocation, run: (db, note, body, id) => revokeAuthorisation(db, note, id, day(body.from), body.because) }),
  ]
}

async function colleagues(house: House, caller: Caller): Promise<ColleagueRow[]> {
  if (caller.kind !== 'officer') throw refuseCall('not-allowed')
  return colleaguesOf(house.db, [...new Set(caller.posts.map((post) => post.organisationId))], caller.personId, house.time.today())
}

async function authorisationsOf(house: House, organisationId: string): Promise<AuthorisationView[]> {
  const entries = await findAuthorisations(house.db, organisationId)
  const people = new Map((await personNames(house.db, entries.flatMap((entry) => entry.toPersonId ?? []))).map(({ id, name }) => [id, name]))
  const nobody = { zh: '—', en: '—' }
  return entries.map((entry) => ({
    id: entry.id, kind: entry.kind, fromName: house.organisations.get(entry.fromOrganisationId).name,
    toName: entry.toOrganisationId !== null ? house.organisations.get(entry.toOrganisationId).name : people.get(entry.toPersonId ?? '') ?? nobody,
    items: entry.items, acts: entry.acts, seal: entry.seal, documentNo: entry.documentNo, validFrom: entry.validFrom, validTo: entry.validTo, revokedOn: entry.revokedOn, revokedBecause: entry.revokedBecause,
  }))
}
