import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isCivilDay, type CivilDay } from '../../base/civil-day.ts'
import { isUscc } from '../../base/identifiers.ts'
import type { Database, Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import { authorisationOf, holdingOf, leaveOf, organisationOf, personOf, postOf, siteOf } from './rows.ts'
import { amend, checked, close, insert, nameOf, type Note } from './save.ts'
import type { AuthorisationEntry, Holding, Leave, Organisation, Person, Post, Site } from './types.ts'

const day = z.custom<CivilDay>(isCivilDay, { params: { zh: '不是有效的日期（YYYY-MM-DD）', en: 'This is not a day (YYYY-MM-DD)' } })
const bilingual = z.object({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(300) })
const words = z.string().trim().max(500).default('')
const id = z.uuid()
const division = z.string().regex(/^[1-9]\d{5}(\d{3}(\d{3})?)?$/)
/** `id` lets seeds name their rows; else it is made. */
const days = { id: id.optional(), validFrom: day, validTo: day.nullable().default(null) }
const inOrder = (row: { validFrom: CivilDay; validTo: CivilDay | null }): boolean => row.validTo === null || row.validFrom <= row.validTo
const ORDER = { params: { zh: '终止日早于起始日', en: 'The last day lies before the first' }, path: ['validTo'] }
const dated = (row: { id?: string | undefined; validFrom: CivilDay; validTo: CivilDay | null }) => ({ id: row.id ?? randomUUID(), valid_from: row.validFrom, valid_to: row.validTo })

const OrganisationInput = z.object({
  ...days,
  code: z.string().refine(isUscc, { params: { zh: '统一社会信用代码校验位不正确', en: 'The check character of this code is wrong' } }),
  name: bilingual,
  shortName: bilingual.optional(),
  kind: z.enum(['centre', 'department', 'subdistrict', 'community', 'vertical', 'body']),
  parentId: id.nullable().default(null),
  divisionCode: division,
  level: z.int().min(1).max(6),
  address: words, phoneConsult: words, phoneComplaint: words, reconsiderationBody: words, court: words,
}).refine(inOrder, ORDER)

/** Sets up an organisation. Refuses `org/invalid`, `org/overlap` (its code is in use), `org/unknown-reference` (parent). */
export async function createOrganisation(db: Queryable, note: Note, input: z.input<typeof OrganisationInput>): Promise<Organisation> {
  const o = checked(OrganisationInput, input)
  if (o.id !== undefined && o.id === o.parentId) throw refuse('own-parent')
  const short = o.shortName ?? o.name
  return organisationOf(await insert(db, note, 'organisation', {
    ...dated(o), code: o.code, name_zh: o.name.zh, name_en: o.name.en, short_zh: short.zh, short_en: short.en, kind: o.kind, parent_id: o.parentId,
    division_code: o.divisionCode, level: o.level, address: o.address, phone_consult: o.phoneConsult, phone_complaint: o.phoneComplaint,
    reconsideration_body: o.reconsiderationBody, court: o.court,
  }, [{ table: 'organisation', id: o.parentId }]))
}

const OrganisationPatch = z.object({ name: bilingual, shortName: bilingual, address: words, phoneConsult: words, phoneComplaint: words, reconsiderationBody: words, court: words }).partial()
/** Changes name, address, telephones or remedies; the earlier row stays in `org.change`. */
export async function amendOrganisation(db: Queryable, note: Note, organisationId: string, input: z.input<typeof OrganisationPatch>): Promise<Organisation> {
  const given = checked(OrganisationPatch, input)
  const set = present({
    name_zh: given.name?.zh, name_en: given.name?.en, short_zh: given.shortName?.zh, short_en: given.shortName?.en,
    address: input.address === undefined ? undefined : given.address,
    phone_consult: input.phoneConsult === undefined ? undefined : given.phoneConsult,
    phone_complaint: input.phoneComplaint === undefined ? undefined : given.phoneComplaint,
    reconsideration_body: input.reconsiderationBody === undefined ? undefined : given.reconsiderationBody,
    court: input.court === undefined ? undefined : given.court,
  })
  if (Object.keys(set).length === 0) throw refuse('invalid', { count: 1 })
  const row = await amend(db, note, 'organisation', organisationId, set)
  if (!row) throw refuse('not-found', { what: nameOf('organisation') })
  return organisationOf(row)
}

/** Refuses `org/still-in-use` while posts or organisations below it go on. */
export const closeOrganisation = async (db: Queryable, note: Note, organisationId: string, lastDay: CivilDay): Promise<Organisation> =>
  organisationOf(await close(db, note, 'organisation', organisationId, checked(day, lastDay), {
    what: { zh: '岗位或下级机构', en: 'posts or organisations below' },
    sql: `select from org.post p where p.organisation_id = t.id and (p.valid_to is null or p.valid_to > $5::date)
          union all select from org.organisation c where c.parent_id = t.id and (c.valid_to is null or c.valid_to > $5::date)`,
  }))

const SiteInput = z.object({
  ...days,
  organisationId: id,
  kind: z.enum(['centre', 'hall', 'subdistrictHall', 'communityStation']),
  name: bilingual, address: z.string().trim().min(1), hours: bilingual, phone: words, divisionCode: division,
  longitude: z.number().min(-180).max(180).nullable().default(null),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  uniformSign: z.boolean().default(false), uniformRules: z.boolean().default(false), uniformDress: z.boolean().default(false), barrierFree: z.boolean().default(false),
}).refine(inOrder, ORDER).refine((s) => (s.longitude === null) === (s.latitude === null), { params: { zh: '经度与纬度须同时填写', en: 'Longitude and latitude go together' }, path: ['latitude'] })
export async function createSite(db: Queryable, note: Note, input: z.input<typeof SiteInput>): Promise<Site> {
  const s = checked(SiteInput, input)
  return siteOf(await insert(db, note, 'site', {
    ...dated(s), organisation_id: s.organisationId, kind: s.kind, name_zh: s.name.zh, name_en: s.name.en, address: s.address, hours_zh: s.hours.zh, hours_en: s.hours.en,
    phone: s.phone, division_code: s.divisionCode, longitude: s.longitude, latitude: s.latitude,
    uniform_sign: s.uniformSign, uniform_rules: s.uniformRules, uniform_dress: s.uniformDress, barrier_free: s.barrierFree,
  }, [{ table: 'organisation', id: s.organisationId }]))
}

const PersonInput = z.object({ ...days, name: bilingual, staffNo: z.string().trim().min(1).max(40), phone: words, email: words }).refine(inOrder, ORDER)
/** Refuses `org/staff-no-taken`. */
export async function createPerson(db: Queryable, note: Note, input: z.input<typeof PersonInput>): Promise<Person> {
  const p = checked(PersonInput, input)
  try {
    return personOf(await insert(db, note, 'person', { ...dated(p), name_zh: p.name.zh, name_en: p.name.en, staff_no: p.staffNo, phone: p.phone, email: p.email }))
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'org/staff-no-taken' ? refuse('staff-no-taken', { staffNo: p.staffNo }) : error
  }
}
/** Refuses `org/still-in-use` while the person holds a post beyond that day. */
export const closePerson = async (db: Queryable, note: Note, personId: string, lastDay: CivilDay): Promise<Person> =>
  personOf(await close(db, note, 'person', personId, checked(day, lastDay), {
    what: { zh: '任岗', en: 'holdings' }, sql: 'select from org.holding h where h.person_id = t.id and (h.valid_to is null or h.valid_to > $5::date)',
  }))

const PostInput = z.object({
  ...days,
  organisationId: id, code: z.string().trim().min(1).max(40), name: bilingual, role: z.string().min(1),
  duties: z.object({ zh: words, en: words }).default({ zh: '', en: '' }),
  counterId: id.nullable().default(null),
  bAlongside: z.boolean().default(false),
}).refine(inOrder, ORDER)
export async function createPost(db: Queryable, note: Note, input: z.input<typeof PostInput>): Promise<Post> {
  const p = checked(PostInput, input)
  return postOf(await insert(db, note, 'post', {
    ...dated(p), organisation_id: p.organisationId, code: p.code, name_zh: p.name.zh, name_en: p.name.en, role: p.role,
    duties_zh: p.duties.zh, duties_en: p.duties.en, counter_id: p.counterId, b_alongside: p.bAlongside,
  }, [{ table: 'organisation', id: p.organisationId }, { table: 'counter', id: p.counterId }]))
}
/** Refuses `org/still-in-use` while somebody holds it beyond that day. */
export const closePost = async (db: Queryable, note: Note, postId: string, lastDay: CivilDay): Promise<Post> =>
  postOf(await close(db, note, 'post', postId, checked(day, lastDay), {
    what: { zh: '任岗', en: 'holdings' }, sql: 'select from org.holding h where h.post_id = t.id and (h.valid_to is null or h.valid_to > $5::date)',
  }))

const HoldingInput = z.object({ ...days, postId: id, personId: id, cover: z.enum(['A', 'B']) }).refine(inOrder, ORDER)
/**
 * Puts a person into a post as A or B. One A and one B at a time, two different people. Refuses `org/overlap`,
 * `org/unknown-reference`, `org/administrators-apart` (三员分立, GB/T 22239-2019 §8.1.5).
 */
export const createHolding = (db: Database, note: Note, input: z.input<typeof HoldingInput>): Promise<Holding> => db.transaction((tx) => createHoldingIn(tx, note, input))

/** As `createHolding`, within a transaction that does more. */
export async function createHoldingIn(tx: Queryable, note: Note, input: z.input<typeof HoldingInput>): Promise<Holding> {
  const h = checked(HoldingInput, input)
  // Whoever appoints the same person at this moment waits here, and then sees this appointment: asked without the lock, both would find nothing.
  await tx.query('select from org.person where id = $1 for no key update', [h.personId])
  const [clash] = await tx.query(`
    select from org.post wanted
      join org.holding h on h.person_id = $2 and daterange(h.valid_from, h.valid_to, '[]') && daterange($3::date, $4::date, '[]')
      join org.post held on held.id = h.post_id
     where wanted.id = $1 and wanted.role = any ($5) and held.role = any ($5) and held.role <> wanted.role
     limit 1`, [h.postId, h.personId, h.validFrom, h.validTo, ['sysadmin', 'secadmin', 'auditadmin']])
  if (clash) throw refuse('administrators-apart')
  return holdingOf(await insert(tx, note, 'holding', { ...dated(h), post_id: h.postId, person_id: h.personId, cover: h.cover }, [{ table: 'post', id: h.postId }, { table: 'person', id: h.personId }]))
}
export const closeHolding = async (db: Queryable, note: Note, holdingId: string, lastDay: CivilDay): Promise<Holding> =>
  holdingOf(await close(db, note, 'holding', holdingId, checked(day, lastDay)))

const LeaveInput = z.object({ id: id.optional(), personId: id, kind: z.enum(['annual', 'sick', 'training', 'travel', 'other']), validFrom: day, validTo: day }).refine(inOrder, ORDER)
export async function createLeave(db: Queryable, note: Note, input: z.input<typeof LeaveInput>): Promise<Leave> {
  const l = checked(LeaveInput, input)
  return leaveOf(await insert(db, note, 'leave', { ...dated(l), person_id: l.personId, kind: l.kind }, [{ table: 'person', id: l.personId }]))
}
/** Back earlier: the leave ends with `lastDay`. */
export const endLeave = async (db: Queryable, note: Note, leaveId: string, lastDay: CivilDay): Promise<Leave> =>
  leaveOf(await close(db, note, 'leave', leaveId, checked(day, lastDay)))

const AuthorisationInput = z.object({
  id: id.optional(),
  kind: z.enum(['entrustment', 'chiefRepresentative']),
  fromOrganisationId: id,
  toOrganisationId: id.nullable().default(null),
  toPersonId: id.nullable().default(null),
  items: z.array(z.string().min(1)).default([]),
  acts: z.array(z.string().min(1)).min(1),
  seal: z.string().trim().min(1),
  documentNo: z.string().trim().min(1),
  validFrom: day, validTo: day,
})
  .refine(inOrder, ORDER)
  .refine((a) => (a.toOrganisationId === null) !== (a.toPersonId === null), { params: { zh: '受托方须为一个机构或一个人', en: 'Name either an organisation or a person' }, path: ['toOrganisationId'] })
  .refine((a) => a.kind === 'entrustment' || a.toPersonId !== null, { params: { zh: '首席代表须为个人', en: 'A chief representative is a person' }, path: ['toPersonId'] })
  .refine((a) => a.fromOrganisationId !== a.toOrganisationId, { params: { zh: '机构不能委托自己', en: 'An organisation cannot authorise itself' }, path: ['toOrganisationId'] })
/** 委托受理 or 首席代表, with its paper: parties, items, acts, seal, document number, term. */
export async function createAuthorisation(db: Queryable, note: Note, input: z.input<typeof AuthorisationInput>): Promise<AuthorisationEntry> {
  const a = checked(AuthorisationInput, input)
  return authorisationOf(await insert(db, note, 'authorisation', {
    ...dated(a), kind: a.kind, from_organisation_id: a.fromOrganisationId, to_organisation_id: a.toOrganisationId, to_person_id: a.toPersonId,
    items: a.items, acts: a.acts, seal: a.seal, document_no: a.documentNo,
  }, [{ table: 'organisation', id: a.fromOrganisationId }, { table: 'organisation', id: a.toOrganisationId }, { table: 'person', id: a.toPersonId }]))
}
/** Void from `from` on. Its version grows, so an act that read it before is refused at its write. Refuses `org/already-closed`. */
export async function revokeAuthorisation(db: Queryable, note: Note, authorisationId: string, from: CivilDay, because: string): Promise<AuthorisationEntry> {
  const set = { revoked_on: checked(day, from), revoked_because: checked(z.string().trim().min(1), because) }
  const row = await amend(db, note, 'authorisation', authorisationId, set, 'revoke-authorisation', 't.revoked_on is null')
  if (row) return authorisationOf(row)
  const [known] = await db.query('select from org.authorisation where id = $1', [authorisationId])
  throw known ? refuse('already-closed', { what: nameOf('authorisation') }) : refuse('not-found', { what: nameOf('authorisation') })
}

const present = (row: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(row).filter((entry): entry is [string, string] => entry[1] !== undefined))
