import { afterAll, expect, test } from 'vitest'
import type { CivilDay } from '../../../base/civil-day.ts'
import { isResidentId, isUscc } from '../../../base/identifiers.ts'
import { isPassword } from '../../../kernel/access/passwords.ts'
import { scratch } from '../../../../tests/scratch.ts'
import { loadItems } from '../registry.ts'
import { loadDemoCatalogue } from './load-catalogue.ts'
import { DEMO_PASSWORD, readPeople } from './load-people.ts'
import { readTown } from './organisations.ts'
import { describeProcedures } from './procedures.ts'

const today = '2026-03-02' as CivilDay
const town = await scratch(['db', 'procedure', 'org', 'access', 'catalog'])
afterAll(() => town.close())
const loaded = await loadDemoCatalogue(town.admin, today)
const count = async (sql: string) => Number((await town.admin.query<{ n: string }>(`select count(*) as n from ${sql}`))[0]!.n)

test('the district is loaded whole', () => {
  expect(loaded).toEqual({ organisations: 48, items: 37, procedures: 37, forms: 29 })
})

test('fifteen sub-districts with 263 communities, eighteen sites', async () => {
  expect(await count("org.organisation where kind = 'subdistrict'")).toBe(15)
  expect(await count("org.organisation where kind = 'community'")).toBe(263)
  expect(await count('org.site')).toBe(18)
})

test('all accounts of the demo exist and share the published password', async () => {
  const rows = await town.admin.query<{ username: string; password_hash: string }>('select username, password_hash from access.account order by username')
  expect(rows.map((row) => row.username)).toEqual([
    'applicant', 'appraiser', 'archivist', 'auditadmin', 'cashier', 'catalog', 'chief', 'clerk', 'dispatcher', 'enterprise', 'head', 'inspector', 'leader', 'operator',
    'proxy', 'publisher', 'reviewer', 'reviewer2', 'sealkeeper', 'secadmin', 'secrecy', 'subdistrict', 'subdistrict2', 'surveyor', 'sysadmin',
  ])
  expect(await isPassword(rows[0]!.password_hash, DEMO_PASSWORD)).toBe(true)
})

test('every credit code and identity number is well formed, and no identity number can be a living person’s', () => {
  expect(readTown().organisations.filter((one) => !isUscc(one.code))).toEqual([])
  for (const party of readPeople().parties) {
    expect(party.kind === 'person' ? isResidentId(party.idNumber) : isUscc(party.idNumber), party.key).toBe(true)
    if (party.kind === 'person') expect(party.idNumber.slice(6, 8)).toBe('18')
  }
})

test('every department with items entrusts the centre and has a chief representative, valid today', async () => {
  const items = (await loadItems(town.db)).list(today)
  const departments = new Set(items.map((item) => item.implementingBody.code))
  const given = await town.admin.query<{ code: string; kind: string }>(`
    select o.code, a.kind from org.authorisation a join org.organisation o on o.id = a.from_organisation_id where $1::date between a.valid_from and a.valid_to`, [today])
  for (const code of departments) for (const kind of ['entrustment', 'chiefRepresentative']) expect(given).toContainEqual({ code, kind })
})

test('whoever a procedure names as co-department has a reviewer there', async () => {
  const codes = describeProcedures(readTown()).flatMap(({ description }) => description.nodes.flatMap((node) => ('organisation' in node && node.organisation?.startsWith('co:') ? [node.organisation.slice(3)] : [])))
  const rows = await town.admin.query<{ code: string }>("select distinct o.code from org.post p join org.organisation o on o.id = p.organisation_id where p.role = 'reviewer'")
  expect(codes.filter((code) => !rows.some((row) => row.code === code))).toEqual([])
})

test('what the reviewer account may do in a department is what the role says', async () => {
  const [row] = await town.admin.query<{ posts: { role: string }[] }>(`select org.held_posts(person_id, $1::date) as posts from access.account where username = 'reviewer'`, [today])
  expect(row!.posts).toHaveLength(18)
  expect(new Set(row!.posts.map((post) => post.role))).toEqual(new Set(['reviewer']))
})

test('loading again changes nothing', async () => {
  const before = await count('catalog.item_version')
  await loadDemoCatalogue(town.admin, today)
  expect(await count('catalog.item_version')).toBe(before)
})
