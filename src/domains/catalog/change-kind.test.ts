import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Officer } from '../../kernel/access/types.ts'
import { loadCalendar } from '../../kernel/calendar/store.ts'
import { createFlow } from '../../kernel/flow/flow.ts'
import { loadColumnTypes } from '../../kernel/flow/statement.ts'
import { inputErrors } from '../../kernel/input/check.ts'
import { OrganisationDirectory } from '../../kernel/org/directory.ts'
import { loadProcedures } from '../../kernel/procedure/registry.ts'
import { scratch } from '../../../tests/scratch.ts'
import { changeKind } from './change-kind.ts'
import type { Item } from './contract.ts'
import { loadDemoCatalogue } from './demo/load-catalogue.ts'
import { seedId } from './demo/sql.ts'
import { diffVersions } from './diff.ts'
import { loadItems } from './registry.ts'

const today = '2026-03-02' as CivilDay
const town = await scratch()
afterAll(() => town.close())
await loadDemoCatalogue(town.admin, today)
const organisations = new OrganisationDirectory()
await organisations.refresh(town.db)
const procedures = await loadProcedures(town.db)
const calendar = await loadCalendar(town.db)
const flow = createFlow({
  db: town.db, time: town.time, calendar: () => calendar, clockRule: () => { throw new Error('a change has no clock') }, procedures, organisations,
  kinds: [changeKind({ procedures })], columnTypes: await loadColumnTypes(town.db), inputErrors, url: 'http://localhost:8080',
})

const affairs = { postId: randomUUID(), code: 'CAT-1', name: { zh: '事项管理岗', en: 'Items' }, organisationId: seedId('organisation', 'affairs'), organisationName: { zh: '区政务局', en: 'Affairs' }, organisationKind: 'department' as const, cover: 'A' as const }
const officer = (person: string, role: string, permissions: string[]): Officer => ({
  kind: 'officer', accountId: seedId('account', person), sessionId: randomUUID(), personId: seedId('person', person), name: person, authorisations: [], permissions,
  posts: [{ ...affairs, role, organisationCode: organisations.codeOf(affairs.organisationId), permissions }],
})
const author = officer('catalog', 'catalog', ['catalog.edit', 'catalog.publish'])
const head = officer('head', 'head', ['catalog.review'])
const both = officer('catalog', 'catalog', ['catalog.edit', 'catalog.review', 'catalog.publish'])
const food = (await loadItems(town.db)).list(today).find((item) => item.procedureId === 'food-business')!
const draft = (item: Item, more: object = {}) => flow.open('catalogChange', { caller: author, act: 'draftItem', input: { item, reason: '缩短时限', ...more }, channel: 'console' })
const act = (no: string, revision: number, caller: Officer, name: string, input: object) => flow.perform(no, revision, { caller, act: name, input, channel: 'console' })
const code = (work: Promise<unknown>) => work.then(() => 'done', (error: { code?: string; message: string }) => error.code ?? error.message)
const faster: Item = { ...food, promisedLimit: { ...food.promisedLimit!, amount: 4 } }

test('a shorter promise: drafted, reviewed, published as version 2; version 1 stays readable and the diff names one field', async () => {
  const { matter } = await draft(faster)
  expect(matter.no).toMatch(/^SX-2026-/)
  expect(await code(act(matter.no, 1, both, 'reviewDraft', { review: 'content', opinion: '同意' }))).toBe('catalog/same-person')
  const reviewed = await act(matter.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意' })
  expect(reviewed.matter.stage).toBe('reviewed')
  const published = await act(matter.no, 2, author, 'publishDraft', { effectiveFrom: '2026-03-02' })
  expect(published.matter.stage).toBe('published')
  const registry = await loadItems(town.db)
  expect(registry.get(food.code, today)).toMatchObject({ version: 2, promisedLimit: { amount: 4 } })
  expect(diffVersions(registry.version(food.code, 1), registry.version(food.code, 2)).map((one) => one.path)).toEqual(['/promisedLimit', '/effectiveFrom'].sort((a, b) => Number(a === '/promisedLimit') - Number(b === '/promisedLimit')))
})

test('a version in force from a later day waits for it', async () => {
  const { matter } = await draft({ ...faster, faqs: [...food.faqs, food.faqs[0]!] })
  await act(matter.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意' })
  await act(matter.no, 2, author, 'publishDraft', { effectiveFrom: '2026-04-01' })
  const registry = await loadItems(town.db)
  expect(registry.get(food.code, '2026-03-31' as CivilDay).version).toBe(2)
  expect(registry.get(food.code, '2026-04-01' as CivilDay).version).toBe(3)
})

test('a guide that breaks a rule is not published, and every place is named', async () => {
  const { matter } = await draft({ ...faster, complaint: { ...food.complaint, counter: null } })
  await act(matter.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意' })
  const error = await act(matter.no, 2, author, 'publishDraft', { effectiveFrom: '2026-03-02' }).catch((one: { code: string; errors: { path: string; code: string }[] }) => one)
  expect(error).toMatchObject({ code: 'catalog/quality', errors: [{ path: '/complaint', code: 'catalog/P04' }] })
})

test('another legal basis needs the legal gate too; before it nothing is published', async () => {
  const { matter } = await draft({ ...faster, legalBasis: [{ law: '食品安全法', article: '第三十六条', text: null }] })
  const once = await act(matter.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意' })
  expect(once.matter.stage).toBe('drafted')
  expect(await code(act(matter.no, 2, author, 'publishDraft', { effectiveFrom: '2026-03-02' }))).toBe('flow/wrong-stage')
  expect((await act(matter.no, 2, head, 'reviewDraft', { review: 'legal', opinion: '依据有效' })).matter.stage).toBe('reviewed')
})

test('revised after review: the opinions fall', async () => {
  const { matter } = await draft(faster)
  await act(matter.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意' })
  const revised = await act(matter.no, 2, author, 'reviseDraft', { item: faster, reason: '再改' })
  expect(revised.matter).toMatchObject({ stage: 'drafted', data: { reviews: [] } })
})

test('a withdrawn item is gone from its day on, and stays readable until then', async () => {
  const slogans = (await loadItems(town.db)).list(today).find((item) => item.procedureId === 'slogans')!
  const { matter } = await draft(slogans, { action: 'withdraw' })
  await act(matter.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意取消' })
  await act(matter.no, 2, head, 'reviewDraft', { review: 'legal', opinion: '依据已废止' })
  await act(matter.no, 3, author, 'publishDraft', { effectiveFrom: '2026-05-01' })
  const registry = await loadItems(town.db)
  expect(registry.get(slogans.code, '2026-04-30' as CivilDay).code).toBe(slogans.code)
  expect(() => registry.get(slogans.code, '2026-05-01' as CivilDay)).toThrow('catalog/withdrawn')
})

test('two drafts of one version: the second to be published hears that it is stale', async () => {
  const teacher = (await loadItems(town.db)).list(today).find((item) => item.procedureId === 'teacher')!
  const drafts = [await draft({ ...teacher, faqs: [] as Item['faqs'], itemType: teacher.itemType, promisedLimit: { ...teacher.promisedLimit!, amount: 19 } }), await draft({ ...teacher, promisedLimit: { ...teacher.promisedLimit!, amount: 18 } })]
  const second = drafts[1]!.matter
  await act(second.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意' })
  await act(second.no, 2, author, 'publishDraft', { effectiveFrom: '2026-03-02' })
  const first = drafts[0]!.matter
  await act(first.no, 1, head, 'reviewDraft', { review: 'content', opinion: '同意' })
  expect(await code(act(first.no, 2, author, 'publishDraft', { effectiveFrom: '2026-03-02' }))).toBe('catalog/stale')
})
