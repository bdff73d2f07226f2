import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { rfc3339 } from '../../../base/civil-day.ts'
import { Refusal } from '../../../base/refusal.ts'
import type { Caller, Officer } from '../../../kernel/access/types.ts'
import { lightOf } from '../../../kernel/clock/lights.ts'
import { contentDisposition } from '../../../kernel/files/content-disposition.ts'
import { findMatter } from '../../../kernel/flow/read.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import type { House } from '../../../kernel/house.ts'
import { refuse as refuseCall } from '../../../kernel/http/errors.ts'
import { Bytes, route, type Route } from '../../../kernel/http/types.ts'
import type { ItemRegistry } from '../../catalog/index.ts'
import type { CaseData } from '../case.ts'
import { refuse as refuseCase } from '../errors.ts'
import { HandOverInput, ImportInput, VERDICT_NAMES, type BatchEntry, type HandOverResult, type ImportEntry, type ImportView, type VerticalEntry, type VerticalList } from './contract.ts'
import { refuse } from './errors.ts'
import { csvText, exchangeCases, exchangeCsv, exchangeJson, statusTemplate, type ExportParts } from './export.ts'
import { applyImport, checkFile, problemText, type ImportParts } from './import-file.ts'
import { casesToExport, countVertical, getImport, listBatches, listImports, listVertical, type ImportKept, type Listed } from './store.ts'

const HAND_OVER = { permission: 'cases.handToVertical' } as const
const IMPORT = { permission: 'cases.importVertical' } as const
const Id = z.object({ id: z.uuid() })
const PAGE = 50
const FORMATS = ['csv', 'json'] as const

export interface VerticalParts { readonly house: House; readonly items: Pick<ItemRegistry, 'list' | 'version' | 'form'> }

export const partsOf = ({ house, items }: VerticalParts): ImportParts & ExportParts => ({
  house, itemOf: (code, version) => items.version(code, version), fieldsOf: (item) => (item.formId === null ? [] : items.form(item.formId).sections.flatMap((section) => section.fields)),
})

/** To vertically led systems and back: who waits, the hand-over as a batch with its exchange file, the status file in two phases. */
export function verticalRoutes({ house, items }: VerticalParts): readonly Route[] {
  const parts = partsOf({ house, items })
  return [
    route({
      method: 'GET', path: '/api/v1/vertical/cases', guard: HAND_OVER, kind: 'api', rate: 'read', summary: { zh: '垂直业务系统：待转办、办理中、已回传的办件', en: 'Vertically led systems: cases to hand over, there, and answered' },
      query: z.object({ state: z.enum(['waiting', 'away', 'done']).default('waiting'), item: z.string().max(40).optional(), page: z.coerce.number().int().min(1).max(10_000).default(1) }),
      handle: async ({ query, caller }): Promise<VerticalList> => {
        const codes = items.list(house.time.today()).filter((item) => item.verticalSystem !== null && (query.item === undefined || item.code === query.item)).map((item) => item.code)
        const [{ listed, total }, counts] = await Promise.all([listVertical(house.db, codes, query.state, PAGE, (query.page - 1) * PAGE), countVertical(house.db, codes)])
        recordRead(house, caller, listed.map(({ matter }) => matter), 'list', '垂直业务系统')
        return { total, counts, entries: listed.map((one) => entryOf(parts, one)) }
      },
    }),
    route({
      method: 'POST', path: '/api/v1/vertical/hand-overs', guard: HAND_OVER, kind: 'api', rate: 'write', summary: { zh: '成批转办垂直业务系统', en: 'Hand several cases over as one batch' }, body: HandOverInput,
      handle: async ({ body, tokenHash, idempotencyKey }) => handOver(house, body.caseNos, { tokenHash: tokenHash! }, idempotencyKey ?? randomUUID()),
    }),
    route({
      method: 'GET', path: '/api/v1/vertical/batches', guard: HAND_OVER, kind: 'api', rate: 'read', summary: { zh: '转办批次', en: 'Batches of hand-overs' },
      handle: async (): Promise<{ batches: BatchEntry[] }> => ({ batches: (await listBatches(house.db)).map((batch) => ({ ...batch, madeAt: rfc3339(batch.madeAt) })) }),
    }),
    ...FORMATS.flatMap((format) => [
      route({
        method: 'GET', path: `/api/v1/vertical/batches/:id/export.${format}`, guard: HAND_OVER, kind: 'stream', rate: 'read', summary: { zh: `一个批次的交换文件（${format.toUpperCase()}）`, en: `Exchange file of a batch (${format.toUpperCase()})` }, params: Id,
        handle: async ({ params, caller }) => exported(parts, caller, await casesToExport(house.db, { batchId: params.id }), format, () => refuse('batch-not-found')),
      }),
      route({
        method: 'GET', path: `/api/v1/vertical/cases/:caseNo/export.${format}`, guard: HAND_OVER, kind: 'stream', rate: 'read', summary: { zh: `一件的交换文件（${format.toUpperCase()}）`, en: `Exchange file of one case (${format.toUpperCase()})` }, params: z.object({ caseNo: z.string().min(1).max(60) }),
        handle: async ({ params, caller }) => exported(parts, caller, await casesToExport(house.db, { caseNo: params.caseNo }), format, () => refuse('nothing-to-export', { no: params.caseNo })),
      }),
    ]),
    route({
      method: 'GET', path: '/api/v1/vertical/batches/:id/status-template.csv', guard: HAND_OVER, kind: 'stream', rate: 'read', summary: { zh: '状态文件模板：每件一行', en: 'Status file to fill in, a line for each case' }, params: Id,
      handle: async ({ params }) => {
        const found = await casesToExport(house.db, { batchId: params.id })
        if (!found) throw refuse('batch-not-found')
        return csvBytes(statusTemplate(await exchangeCases(parts, found.batchNo, found.matters)), `${found.batchNo}-status.csv`)
      },
    }),
    route({
      method: 'POST', path: '/api/v1/vertical/imports', guard: IMPORT, kind: 'api', rate: 'write', status: 201, summary: { zh: '核对一份状态文件；不改动任何办件', en: 'Check a status file; no case changes' }, body: ImportInput,
      handle: async ({ body, caller }) => importView(house, await checkFile(parts, officer(caller), body.fileId)),
    }),
    route({
      method: 'GET', path: '/api/v1/vertical/imports', guard: IMPORT, kind: 'api', rate: 'read', summary: { zh: '状态文件导入记录', en: 'Imports of status files' },
      handle: async (): Promise<{ imports: ImportEntry[] }> => ({ imports: (await listImports(house.db)).map(importEntry) }),
    }),
    route({
      method: 'GET', path: '/api/v1/vertical/imports/:id', guard: IMPORT, kind: 'api', rate: 'read', summary: { zh: '一次导入，逐行', en: 'An import, line by line' }, params: Id,
      handle: async ({ params }) => importView(house, params.id),
    }),
    route({
      method: 'POST', path: '/api/v1/vertical/imports/:id/application', guard: IMPORT, kind: 'api', rate: 'write', summary: { zh: '登记核对过的状态；可以重复，不会登记两次', en: 'Record what was checked; may be repeated, nothing is recorded twice' }, params: Id,
      handle: async ({ params, caller, tokenHash }) => {
        await applyImport(parts, { caller: { tokenHash: tokenHash! }, personId: officer(caller).personId }, params.id)
        return importView(house, params.id)
      },
    }),
    route({
      method: 'GET', path: '/api/v1/vertical/imports/:id/report.csv', guard: IMPORT, kind: 'stream', rate: 'read', summary: { zh: '导入结果逐行（CSV）', en: 'What came of each line (CSV)' }, params: Id,
      handle: async ({ params }) => {
        const view = await importView(house, params.id)
        return csvBytes(csvText([['line', 'caseNo', 'status', 'on', 'externalNo', 'verdict', 'verdictZh', 'code', 'reasonZh', 'reasonEn'],
          ...view.lines.map((one) => [String(one.line), one.caseNo, one.status ?? '', one.on ?? '', one.externalNo ?? '', one.verdict, VERDICT_NAMES[one.verdict].zh, one.problem?.code ?? '', one.problem?.zh ?? '', one.problem?.en ?? ''])]), `${view.fileName}-report.csv`)
      },
    }),
  ]
}

const csvBytes = (text: string, name: string): Bytes => new Bytes(Buffer.from(text), 'text/csv; charset=utf-8', { 'content-disposition': contentDisposition(name, 'attachment') })

function officer(caller: Caller): Officer {
  if (caller.kind !== 'officer') throw refuseCall('not-signed-in')
  return caller
}

/** Each case stands or falls by itself; those done share one batch and one exchange file. */
async function handOver(house: House, caseNos: readonly string[], caller: { readonly tokenHash: Buffer }, key: string): Promise<HandOverResult> {
  const batchId = uuidFrom(key)
  const results: HandOverResult['results'] = []
  for (const caseNo of new Set(caseNos)) {
    try {
      const found = await findMatter(house.db, caseNo)
      if (!found || found.matter.kind !== 'case') throw refuseCase('not-found', { no: caseNo })
      await house.flow.perform(caseNo, found.matter.revision, { caller, act: 'handToVertical', input: { batchId }, channel: 'console' })
      results.push({ caseNo, done: true })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      results.push({ caseNo, done: false, problem: problemText(error) })
    }
  }
  const found = await casesToExport(house.db, { batchId })
  return { batch: found && { id: batchId, no: found.batchNo }, results }
}
/** The same request sent twice is the same batch. */
const uuidFrom = (key: string): string => (z.uuid().safeParse(key).success ? key : randomUUID())

async function exported(parts: ExportParts, caller: Caller, found: { batchNo: string; matters: Matter<CaseData>[] } | null, format: (typeof FORMATS)[number], refusal: () => Refusal): Promise<Bytes> {
  if (!found) throw refusal()
  // What leaves the house is read: recorded for every person in the file, and shown to them.
  recordRead(parts.house, caller, found.matters, 'verticalExport', '转办垂直业务系统')
  const cases = await exchangeCases(parts, found.batchNo, found.matters)
  const name = `${found.batchNo}${found.matters.length === 1 ? `-${found.matters[0]!.no}` : ''}.${format}`
  if (format === 'csv') return csvBytes(exchangeCsv(cases), name)
  return new Bytes(Buffer.from(exchangeJson(found.batchNo, cases)), 'application/json', { 'content-disposition': contentDisposition(name, 'attachment') })
}

function recordRead(house: House, caller: Caller, matters: readonly Matter<CaseData>[], part: string, reason: string): void {
  if (caller.kind !== 'officer') return
  const post = caller.posts[0]
  for (const matter of matters) {
    if (matter.partyIds.length > 0) house.reads.record({ at: house.time.now(), officer: caller, post: post ? { postId: post.postId, organisationId: post.organisationId } : null, partyIds: [...new Set(matter.partyIds)], matterId: matter.id, part, reason })
  }
}

function entryOf({ house, itemOf }: ImportParts, { matter, clock, ...one }: Listed): VerticalEntry {
  const system = itemOf(matter.data.item.code, matter.data.item.version).verticalSystem
  return {
    ...one, caseNo: matter.no, revision: matter.revision, item: { code: matter.subject, name: matter.data.item.name }, acceptedOn: matter.data.acceptedOn,
    system: matter.data.vertical?.system ?? system?.name ?? { zh: '—', en: '—' }, leadership: matter.data.vertical?.leadership ?? system?.leadership ?? 'vertical',
    dueAt: clock?.dueAt ?? null, light: clock ? lightOf(clock, house.clockRule(clock.rule, clock.ruleVersion), house.time.now(), house.calendar()) : null,
  }
}

const importEntry = (kept: ImportKept): ImportEntry => ({ ...kept, checkedAt: rfc3339(kept.checkedAt), appliedAt: kept.appliedAt && rfc3339(kept.appliedAt) })

async function importView(house: House, id: string): Promise<ImportView> {
  const { entry, lines } = await getImport(house.db, id)
  return { ...importEntry(entry), lines: lines.map(({ line, caseNo, body, verdict, problem }) => ({ line, caseNo, status: body?.status ?? null, on: body?.on ?? null, externalNo: body?.externalNo ?? null, verdict, problem })) }
}
