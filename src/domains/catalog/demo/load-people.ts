import { addDays, addMonths, startOfDay, type CivilDay } from '../../../base/civil-day.ts'
import { hashPassword } from '../../../kernel/access/passwords.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { SeedTown } from './organisations.ts'
import { insertRows, seedId } from './sql.ts'
import { bilingual, readYaml, type Pair } from './yaml.ts'

interface PersonLine { readonly key: string; readonly staffNo: string; readonly name: Pair; readonly account?: string }
interface PostLine { readonly code: string; readonly role: string; readonly name: Pair; readonly duties: Pair; readonly counter?: string; readonly a: string; readonly b?: string; readonly alongside?: boolean }
interface PowerLine { readonly to: string; readonly acts: readonly string[]; readonly seal: string; readonly documentNo: string; readonly years: number }
interface PartyLine { readonly key: string; readonly account?: string; readonly kind: 'person' | 'organisation'; readonly idType: string; readonly idNumber: string; readonly name: string; readonly phone: string; readonly address: string; readonly agentOf?: string }
export interface PeopleFile {
  readonly people: readonly PersonLine[]; readonly departmentPosts: readonly PostLine[]; readonly departments: readonly string[]
  /** Of every sub-district office: `{street}` is its key. */
  readonly subdistrictPosts: readonly PostLine[]
  readonly subdistrictEntrustments: readonly (Omit<PowerLine, 'to'> & { readonly from: string; readonly catalogue: string })[]
  readonly posts: readonly (PostLine & { readonly organisation: string })[]; readonly entrustment: PowerLine; readonly chiefRepresentative: PowerLine; readonly parties: readonly PartyLine[]
}

/** Of every account of the demo (interfaces.md); it exists only in a demo district. */
export const DEMO_PASSWORD = 'mingtang-demo'

export const readPeople = (): PeopleFile => readYaml<PeopleFile>('people.yaml')

/** People, posts with A and B, entrustments, chief representatives, parties and accounts. */
export async function loadPeople(db: Queryable, town: SeedTown, today: CivilDay): Promise<void> {
  const file = readPeople()
  const from = addDays(today, -730)
  const days = { valid_from: from, valid_to: null }
  await insertRows(db, 'org.person', file.people.map((one) => ({
    id: seedId('person', one.key), name_zh: bilingual(one.name).zh, name_en: bilingual(one.name).en, staff_no: one.staffNo, phone: '', email: '', ...days,
  })))
  const streets = town.organisations.filter((one) => one.kind === 'subdistrict').map((one) => one.key)
  const posts: Post[] = [
    ...file.departments.flatMap((organisation) => file.departmentPosts.map((post) => inDepartment(post, organisation))),
    ...streets.flatMap((organisation) => file.subdistrictPosts.map((post) => ({ ...post, organisation, site: organisation, a: post.a.replace('{street}', organisation) }))), ...file.posts,
  ]
  await insertRows(db, 'org.post', posts.map((post) => ({
    id: postId(post), organisation_id: seedId('organisation', post.organisation), code: post.code, name_zh: post.name[0], name_en: post.name[1], role: post.role,
    duties_zh: bilingual(post.duties).zh, duties_en: bilingual(post.duties).en, counter_id: post.counter ? seedId('counter', `${post.site ?? 'centre'} ${post.counter}`) : null,
    b_alongside: post.alongside ?? false, ...days,
  })))
  await insertRows(db, 'org.holding', posts.flatMap((post) => [['A', post.a], ['B', post.b]].flatMap(([cover, person]) => (person ? [{
    id: seedId('holding', `${post.organisation} ${post.code} ${cover}`), post_id: postId(post), person_id: seedId('person', person), cover, ...days,
  }] : []))))
  await insertRows(db, 'org.authorisation', file.departments.flatMap((department, i) => [
    power('entrustment', department, i, file.entrustment, from, { to_organisation_id: seedId('organisation', file.entrustment.to), to_person_id: null }),
    power('chiefRepresentative', department, i, file.chiefRepresentative, from, { to_organisation_id: null, to_person_id: seedId('person', file.chiefRepresentative.to) }),
  ]))
  await insertRows(db, 'org.authorisation', file.subdistrictEntrustments.flatMap((line, n) => {
    const giver = town.get(line.from)
    return streets.map((street, i) => ({ ...power('entrustment', line.from, i, { ...line, to: street }, from, { to_organisation_id: seedId('organisation', street), to_person_id: null }), id: seedId('entrustment', `${line.from} ${street} ${n}`), items: [`${giver.code}${giver.level}${line.catalogue}`] }))
  }))
  await loadAccounts(db, file, from)
}

type Post = PostLine & { readonly organisation: string; readonly site?: string }
const postId = (post: Post): string => seedId('post', `${post.organisation} ${post.code}`)
const inDepartment = (post: PostLine, organisation: string): Post =>
  ({ ...post, organisation, a: post.a.replace('{dept}', organisation), ...(post.b ? { b: post.b.replace('{dept}', organisation) } : {}) })

const power = (kind: string, department: string, i: number, line: PowerLine, from: CivilDay, to: Readonly<Record<string, string | null>>) => ({
  id: seedId(kind, department), kind, from_organisation_id: seedId('organisation', department), ...to, items: [], acts: line.acts, seal: line.seal,
  document_no: `${line.documentNo}${i + 1}号`, valid_from: from, valid_to: addMonths(from, 12 * line.years), version: 1, revoked_on: null, revoked_because: null,
})

async function loadAccounts(db: Queryable, file: PeopleFile, from: CivilDay): Promise<void> {
  const at = startOfDay(from).toISOString()
  await insertRows(db, 'access.party', file.parties.map((one) => ({
    id: seedId('party', one.key), kind: one.kind, id_type: one.idType, id_number: one.idNumber, name: one.name, phone: one.phone, email: '', address: one.address, declared: false, created_at: at,
  })))
  // One hash for all: they share one published password, and thirty hashings would cost a second.
  const password = { password_hash: await hashPassword(DEMO_PASSWORD), password_changed_at: at, status: 'active', created_at: at }
  await insertRows(db, 'access.account', [
    ...file.people.flatMap((one) => (one.account ? [{
      id: seedId('account', one.account), username: one.account, kind: 'officer', person_id: seedId('person', one.key), party_id: null, acting_party_id: null, real_name_level: 3, ...password,
    }] : [])),
    ...file.parties.flatMap((one) => (one.account ? [{
      id: seedId('account', one.account), username: one.account, kind: 'applicant', person_id: null, party_id: seedId('party', one.key),
      acting_party_id: one.agentOf ? seedId('party', one.agentOf) : null, real_name_level: 3, ...password,
    }] : [])),
  ])
  await insertRows(db, 'access.agency', file.parties.flatMap((one) => (one.account && one.agentOf ? [{
    id: seedId('agency', one.key), account_id: seedId('account', one.account), party_id: seedId('party', one.agentOf), scope: [], confirmed: true, valid_from: from, valid_to: null,
  }] : [])))
}
