import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CivilDay } from '../src/base/civil-day.ts'
import type { Refusal } from '../src/base/refusal.ts'
import { CASE_CLOCK_RULES } from '../src/domains/cases/clock-rules.ts'
import type { CaseData } from '../src/domains/cases/case.ts'
import type { ActName } from '../src/domains/cases/contract.ts'
import { Item } from '../src/domains/catalog/contract.ts'
import { fictionalUscc, insertRows } from '../src/domains/catalog/demo/sql.ts'
import { loadItems } from '../src/domains/catalog/registry.ts'
import { versionRow } from '../src/domains/catalog/version-row.ts'
import { openReadRecords } from '../src/kernel/access/read-records.ts'
import { loadCalendar } from '../src/kernel/calendar/store.ts'
import { CLOCK_RULES } from '../src/kernel/clock/rules.ts'
import { loadRules, upsertClockRules } from '../src/kernel/clock/rule-store.ts'
import type { ClockRule } from '../src/kernel/clock/types.ts'
import type { Database } from '../src/kernel/db/database.ts'
import { diskStore } from '../src/kernel/files/disk-store.ts'
import { createFlow, type FlowParts } from '../src/kernel/flow/flow.ts'
import { findMatter } from '../src/kernel/flow/read.ts'
import { loadColumnTypes } from '../src/kernel/flow/statement.ts'
import type { ActAnswer, Matter, MatterKind, Task } from '../src/kernel/flow/types.ts'
import type { ClockState } from '../src/kernel/clock/types.ts'
import type { House } from '../src/kernel/house.ts'
import { inputErrors } from '../src/kernel/input/check.ts'
import { OrganisationDirectory } from '../src/kernel/org/directory.ts'
import { upsertRoles } from '../src/kernel/org/roles.ts'
import { publishProcedure } from '../src/kernel/procedure/publish.ts'
import { loadProcedures } from '../src/kernel/procedure/registry.ts'
import { jiebaSegmenter } from '../src/kernel/search/segment.ts'
import { kindsOf } from '../src/modules.ts'
import { scratch, type Scratch } from './scratch.ts'
import { townForm, townItems, townProcedures } from './town-items.ts'

/** Officers of the town by the name they sign in with. `outsider` reviews in another department. */
export const OFFICERS = {
  clerk: ['centre', 'clerk'], cashier: ['centre', 'cashier'], sealkeeper: ['centre', 'sealkeeper'], dispatcher: ['centre', 'dispatcher'], archivist: ['centre', 'archivist'],
  reviewer: ['market', 'reviewer'], reviewer2: ['market', 'reviewer'], surveyor: ['market', 'surveyor'], surveyor2: ['market', 'surveyor'], chief: ['market', 'chief'], head: ['market', 'head'],
  outsider: ['health', 'reviewer'], outsideHead: ['health', 'head'], inspector: ['centre', 'inspector'], leader: ['centre', 'leader'],
} as const satisfies Record<string, readonly ['centre' | 'market' | 'health', string]>
export type OfficerName = keyof typeof OFFICERS
export type Name = OfficerName | 'applicant' | 'neighbour' | 'agent' | 'system'

/** Codes and ids by which the tests speak of the town. */
export const CENTRE = fictionalUscc('11', 901), MARKET = fictionalUscc('11', 902), HEALTH = fictionalUscc('11', 903)
/** Born 12 April 1985, and a child born 2 March 2010; check characters counted with the weights of GB 11643. */
export const ADULT_ID = '110102198504120023', NEIGHBOUR_ID = '110102199003070018', CHILD_ID = '110102201003020037'

const ids = { centre: randomUUID(), market: randomUUID(), health: randomUUID() }

export interface Town extends Scratch {
  readonly house: House
  readonly parts: FlowParts
  readonly organisations: typeof ids
  readonly persons: Readonly<Record<OfficerName, string>>
  readonly parties: { readonly applicant: string; readonly neighbour: string; readonly company: string }
  readonly authorisations: { readonly entrustment: string; readonly chief: string }
  /** Credentials of a session, read with the act as in the house. */
  as(name: Name): { readonly tokenHash: Buffer } | { readonly kind: 'system' }
  /** An uploaded file of somebody's; its content does not matter here. */
  file(by?: Name, name?: string): Promise<string>
  /** Files an application for the item of this key, as `applicant`. */
  submit(item: string, more?: Readonly<Record<string, unknown>>, by?: Name, key?: string): Promise<string>
  /** Performs an act on the current revision. */
  act(no: string, act: ActName | 'claim' | 'release' | 'takeOver', by: Name, input?: unknown, more?: { readonly key?: string; readonly revision?: number }): Promise<ActAnswer<CaseData>>
  /** The code of the refusal, or `done`. */
  refused(work: Promise<unknown>): Promise<string>
  see(no: string): Promise<{ readonly matter: Matter<CaseData>; readonly clocks: readonly ClockState[]; readonly tasks: readonly Task[] }>
  /** Due day of the last clock of a rule, and the day it stopped. */
  clock(no: string, rule: string): Promise<Pick<ClockState, 'id' | 'startedOn' | 'dueOn' | 'stoppedOn'> | null>
  /** Nine in the morning of a day in Asia/Shanghai, or the time given. */
  on(day: string, time?: string): void
  /** Rows of every table, for tests that nothing was left behind. */
  counts(): Promise<Readonly<Record<string, number>>>
  /** Another pool on the same database with a house of its own, for tests that break it. */
  houseOn(db: Database): Promise<House>
}

export interface TownOptions {
  readonly rules?: readonly ClockRule[]
  readonly kinds?: readonly MatterKind[]
}

/**
 * A small real town on a scratch database: a centre with its posts, a department that entrusts it and has a chief representative,
 * another department, items with procedures, and applicants. It is Monday 2 March 2026, nine o'clock, until the time is set.
 */
export async function town({ rules = [], kinds = [] }: TownOptions = {}): Promise<Town> {
  const base = await scratch('all')
  const { admin, db, time } = base
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-town-'))
  await upsertRoles(admin)
  await upsertClockRules(admin, [...CLOCK_RULES, ...CASE_CLOCK_RULES, ...rules])
  const from = '2020-01-01' as CivilDay
  const days = { valid_from: from, valid_to: null }
  const at = '2020-01-01T00:00:00+08:00'
  const organisation = (key: keyof typeof ids, code: string, zh: string, kind: string) => ({
    id: ids[key], code, name_zh: zh, name_en: key, short_zh: zh, short_en: key, kind, parent_id: null, division_code: '110102', level: 4, address: '', phone_consult: '010-1', phone_complaint: '010-2', reconsideration_body: '', court: '', ...days,
  })
  await insertRows(admin, 'org.organisation', [organisation('centre', CENTRE, '区政务服务中心', 'centre'), organisation('market', MARKET, '区市场监管局', 'department'), organisation('health', HEALTH, '区卫生健康委', 'department')])
  const officers = Object.entries(OFFICERS) as [OfficerName, readonly ['centre' | 'market' | 'health', string]][]
  const persons = Object.fromEntries(officers.map(([name]) => [name, randomUUID()])) as Record<OfficerName, string>
  await insertRows(admin, 'org.person', officers.map(([name], i) => ({ id: persons[name], name_zh: `干部${i + 1}`, name_en: name, staff_no: `T${i + 1}`, phone: '', email: '', ...days })))
  const posts = officers.map(([name, [organisation, role]], i) => ({ name, id: randomUUID(), organisation_id: ids[organisation], code: `P-${i + 1}`, role }))
  await insertRows(admin, 'org.post', posts.map(({ name, ...post }) => ({ ...post, name_zh: `${name}岗`, name_en: name, duties_zh: '', duties_en: '', counter_id: null, b_alongside: false, ...days })))
  await insertRows(admin, 'org.holding', posts.map(({ name, id }) => ({ id: randomUUID(), post_id: id, person_id: persons[name], cover: 'A', ...days })))
  const authorisations = { entrustment: randomUUID(), chief: randomUUID() }
  const power = { from_organisation_id: ids.market, items: [], seal: '演示', valid_from: from, valid_to: '2040-12-31', version: 1, revoked_on: null, revoked_because: null }
  await insertRows(admin, 'org.authorisation', [
    { ...power, id: authorisations.entrustment, kind: 'entrustment', to_organisation_id: ids.centre, to_person_id: null, document_no: '委1号', acts: ['receive', 'accept', 'refuseAcceptance', 'notRequired', 'requestSupplement', 'supplement', 'correctOnSpot', 'serve', 'preReview'] },
    { ...power, id: authorisations.chief, kind: 'chiefRepresentative', to_organisation_id: null, to_person_id: persons.chief, document_no: '授1号', acts: ['decide', 'annul', 'dropAnnulment', 'serve'] },
  ])
  const parties = { applicant: randomUUID(), neighbour: randomUUID(), company: randomUUID() }
  const party = (id: string, kind: string, idType: string, idNumber: string, name: string) => ({ id, kind, id_type: idType, id_number: idNumber, name, phone: '13900000001', email: '', address: '', declared: false, created_at: at })
  await insertRows(admin, 'access.party', [party(parties.applicant, 'person', '111', ADULT_ID, '林晚照'), party(parties.neighbour, 'person', '111', NEIGHBOUR_ID, '顾长风'), party(parties.company, 'organisation', '001', fictionalUscc('91', 905), '明堂餐饮有限公司')])
  const tokens = await signInAll(admin, persons, parties, at)

  const procedures = await Promise.all(townProcedures().map(async ({ id, xml }) => (await publishProcedure({ id, version: 1, xml: await xml, at: new Date(at), by: null })).row.row))
  await insertRows(admin, 'procedure.definition', procedures)
  await insertRows(admin, 'catalog.form', [{ id: townForm.id, version: 1, body: townForm, published_at: at }])
  const items = townItems(MARKET).map(({ key: _key, ...item }) => Item.parse(item))
  await insertRows(admin, 'catalog.item_version', items.map((item) => versionRow(item, { at: new Date(at), reason: '测试', authorId: null, reviewerId: null, publishedBy: null })))

  const make = async (on: Database): Promise<{ house: House; parts: FlowParts }> => {
    const calendar = await loadCalendar(on)
    const ruleOf = await loadRules(on)
    const organisations = new OrganisationDirectory()
    await organisations.refresh(on)
    const shared = { db: on, time, calendar: () => calendar, clockRule: ruleOf, procedures: await loadProcedures(on), organisations, url: 'https://town.example' }
    const parts: FlowParts = { ...shared, kinds: [...kindsOf({ ...shared, items: await loadItems(on) }), ...kinds], columnTypes: await loadColumnTypes(on), inputErrors }
    const house: House = {
      ...shared, dataDir, demo: false, flow: createFlow(parts), reads: openReadRecords(on), files: diskStore(on, join(dataDir, 'files')), segment: jiebaSegmenter(),
      log: () => undefined, reload: () => Promise.resolve(),
    }
    return { house, parts }
  }
  const { house, parts } = await make(db)
  const as = (name: Name) => (name === 'system' ? { kind: 'system' as const } : { tokenHash: tokens[name] })
  const see = async (no: string) => {
    const found = await findMatter(db, no)
    if (!found) throw new Error(`no matter ${no}`)
    return found as unknown as Awaited<ReturnType<Town['see']>>
  }
  const extra: Database[] = []
  return {
    ...base, house, parts, organisations: ids, persons, parties, authorisations, as, see,
    file: async (by = 'applicant', name = '材料.pdf') => {
      const id = randomUUID()
      const [account] = by === 'system' ? [] : await db.query<{ account_id: string }>('select account_id from access.session where token_hash = $1', [tokens[by]])
      await insertRows(admin, 'files.file', [{ id, sha256: createHash('sha256').update(id).digest('hex'), bytes: 9, media_type: 'application/pdf', name, uploaded_by: account?.account_id ?? 'system', uploaded_at: at, scanned: 'none', stored: true }])
      return id
    },
    submit: async (item, more = {}, by = 'applicant', key) =>
      (await house.flow.open('case', { caller: as(by), act: 'submit', input: application(item, { ...OWN[by], ...more }), channel: 'online', ...(key === undefined ? {} : { idempotencyKey: key }) })).matter.no,
    act: async (no, act, by, input = {}, more = {}) => {
      const revision = by === 'system' ? null : (more.revision ?? (await see(no)).matter.revision)
      return house.flow.perform(no, revision, { caller: as(by), act, input, channel: 'console', ...(more.key === undefined ? {} : { idempotencyKey: more.key }) }) as unknown as Promise<ActAnswer<CaseData>>
    },
    refused: (work) => work.then(() => 'done', (error: Refusal) => error.code ?? String(error)),
    clock: async (no, rule) => {
      const last = (await see(no)).clocks.filter((clock) => clock.rule === rule).at(-1)
      return last ? { id: last.id, startedOn: last.startedOn, dueOn: last.dueOn, stoppedOn: last.stoppedOn } : null
    },
    on: (day, hour = '09:00') => time.set(`${day}T${hour}:00+08:00`),
    counts: async () => {
      const tables = await admin.query<{ name: string }>(`select schemaname || '.' || tablename as name from pg_tables where schemaname in ('flow', 'clock', 'ledger', 'cases', 'notify', 'files', 'access', 'org') order by 1`)
      const counted = await admin.query<{ name: string; n: number }>(tables.map(({ name }) => `select '${name}' as name, count(*)::int as n from ${name}`).join(' union all '))
      return Object.fromEntries(counted.map(({ name, n }) => [name, n]))
    },
    houseOn: async (on) => {
      extra.push(on)
      return (await make(on)).house
    },
    close: async () => {
      await house.reads.close()
      await house.segment.close()
      await Promise.all(extra.map((one) => one.close().catch(() => undefined)))
      await base.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Whom an application is of where a test does not say: of the account that sends it. */
const OWN: Readonly<Partial<Record<Name, { readonly applicant: object }>>> = {
  neighbour: { applicant: { kind: 'person', name: '顾长风', idType: '111', idNumber: NEIGHBOUR_ID, phone: '13900000002' } },
  agent: { applicant: { kind: 'organisation', name: '明堂餐饮有限公司', idType: '001', idNumber: fictionalUscc('91', 905), phone: '13900000001' } },
}

/** An application that is right in everything; a test changes what it is about. */
export function application(item: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    itemCode: townItems(MARKET).find((one) => one.key === item)!.code,
    applicant: { kind: 'person', name: '林晚照', idType: '111', idNumber: ADULT_ID, phone: '13900000001' },
    service: { mode: 'counter', consent: true }, form: { shopName: '晚照茶馆' }, materials: [{ materialId: 'application', form: 'electronic' }, { materialId: 'plan', form: 'electronic' }], channel: 'online', ...more,
  }
}

/** Sessions that outlast any test; nobody types a password here. */
async function signInAll(admin: Database, persons: Readonly<Record<OfficerName, string>>, parties: { applicant: string; neighbour: string; company: string }, at: string): Promise<Record<Exclude<Name, 'system'>, Buffer>> {
  const accounts = [
    ...Object.entries(persons).map(([username, personId]) => ({ id: randomUUID(), username, kind: 'officer', person_id: personId, party_id: null, acting_party_id: null })),
    { id: randomUUID(), username: 'applicant', kind: 'applicant', person_id: null, party_id: parties.applicant, acting_party_id: null },
    { id: randomUUID(), username: 'neighbour', kind: 'applicant', person_id: null, party_id: parties.neighbour, acting_party_id: null },
    { id: randomUUID(), username: 'agent', kind: 'applicant', person_id: null, party_id: parties.neighbour, acting_party_id: parties.company },
  ]
  await insertRows(admin, 'access.account', accounts.map((one) => ({ ...one, username: one.username.toLowerCase(), password_hash: '$argon2id$nobody-signs-in', password_changed_at: at, real_name_level: 3, status: 'active', created_at: at })))
  const agent = accounts.at(-1)!
  await insertRows(admin, 'access.agency', [{ id: randomUUID(), account_id: agent.id, party_id: parties.company, scope: [], confirmed: true, valid_from: '2020-01-01', valid_to: null }])
  const tokens = accounts.map((one) => ({ username: one.username, hash: createHash('sha256').update(randomBytes(32)).digest(), account: one.id }))
  for (const { hash, account } of tokens) {
    await admin.query(`insert into access.session (token_hash, id, account_id, created_at, last_seen_at, expires_at, idle_seconds) values ($1, $2, $3, $4, '2039-01-01', '2040-01-01', 630720000)`, [hash, randomUUID(), account, at])
  }
  return Object.fromEntries(tokens.map(({ username, hash }) => [username, hash])) as Record<Exclude<Name, 'system'>, Buffer>
}
