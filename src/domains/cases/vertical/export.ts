import type { House } from '../../../kernel/house.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import type { FormField, Item } from '../../catalog/contract.ts'
import { runningClocks } from '../limits.ts'
import type { CaseData } from '../case.ts'
import { STATUS_COLUMNS } from './contract.ts'
import { materialsOf } from './transfer-facts.ts'
import { findMatter } from '../../../kernel/flow/read.ts'
import type { ClockState } from '../../../kernel/clock/types.ts'

// The exchange file: docs/vertical-exchange.md says what each column means; a test holds the two together.

export const EXCHANGE_VERSION = 1
/** Columns that stand in every file, in this order; the form's fields follow as `form.<field>`. */
export const EXPORT_COLUMNS = [
  'batchNo', 'caseNo', 'itemCode', 'itemName', 'system', 'organCode', 'organName', 'applicantKind', 'applicantName', 'applicantIdType', 'applicantIdNumber', 'applicantPhone', 'applicantEmail', 'applicantAddress',
  'representativeRelation', 'representativeName', 'representativeIdType', 'representativeIdNumber', 'agentName', 'agentIdType', 'agentIdNumber', 'agentPhone', 'agentScope', 'agentValidTo',
  'serviceMode', 'serviceAddress', 'receivedOn', 'acceptedOn', 'handedOn', 'statutoryDueOn', 'promisedDueOn', 'materials',
] as const
export type ExportColumn = (typeof EXPORT_COLUMNS)[number]

export interface ExportParts { readonly house: House; readonly itemOf: (code: string, version: number) => Item; readonly fieldsOf: (item: Item) => readonly FormField[] }
export interface ExchangeCase {
  readonly columns: Readonly<Record<ExportColumn, string>>
  readonly form: readonly { readonly id: string; readonly name: { readonly zh: string; readonly en: string }; readonly value: unknown }[]
  readonly materials: ReturnType<typeof materialsOf>
}

export async function exchangeCases({ house, itemOf, fieldsOf }: ExportParts, batchNo: string, matters: readonly Matter<CaseData>[]): Promise<ExchangeCase[]> {
  const cases: ExchangeCase[] = []
  for (const matter of matters) {
    const found = await findMatter(house.db, matter.no)
    const item = itemOf(matter.data.item.code, matter.data.item.version)
    cases.push(exchangeCase(batchNo, matter, item, fieldsOf(item), found!.clocks))
  }
  return cases
}

function exchangeCase(batchNo: string, { no, data }: Matter<CaseData>, item: Item, fields: readonly FormField[], clocks: readonly ClockState[]): ExchangeCase {
  const { applicant, representative, agent, service } = data.application!
  const dueOf = (rules: readonly string[]): string => runningClocks(clocks, rules).map((clock) => clock.dueOn).find((day) => day !== null) ?? ''
  const materials = materialsOf(item, data)
  const columns: Record<ExportColumn, string> = {
    batchNo, caseNo: no, itemCode: item.code, itemName: item.name.zh, system: item.verticalSystem?.name.zh ?? '', organCode: data.departmentCode, organName: data.departmentName.zh,
    applicantKind: applicant.kind, applicantName: applicant.name, applicantIdType: applicant.idType, applicantIdNumber: applicant.idNumber, applicantPhone: applicant.phone, applicantEmail: applicant.email ?? '', applicantAddress: applicant.address ?? '',
    representativeRelation: representative?.relation ?? '', representativeName: representative?.name ?? '', representativeIdType: representative?.idType ?? '', representativeIdNumber: representative?.idNumber ?? '',
    agentName: agent?.name ?? '', agentIdType: agent?.idType ?? '', agentIdNumber: agent?.idNumber ?? '', agentPhone: agent?.phone ?? '', agentScope: agent?.scope ?? '', agentValidTo: agent?.validTo ?? '',
    serviceMode: service.mode, serviceAddress: service.address ?? '', receivedOn: data.receivedOn ?? '', acceptedOn: data.acceptedOn ?? '', handedOn: data.vertical?.handOvers.at(-1)?.on ?? '',
    statutoryDueOn: dueOf(['LIC.DECIDE', 'LIC.JOINT', 'ITEM.STATUTORY']), promisedDueOn: dueOf(['SVC.PROMISE']),
    materials: materials.map((one) => `${one.name.zh}×${one.copies}`).join('；'),
  }
  return { columns, materials, form: fields.filter(({ id }) => data.form[id] !== undefined).map(({ id, label }) => ({ id, name: label, value: data.form[id] })) }
}

/** RFC 4180, UTF-8 with a mark so that spreadsheets read Chinese. */
export function exchangeCsv(cases: readonly ExchangeCase[]): string {
  const fields = [...new Set(cases.flatMap((one) => one.form.map(({ id }) => id)))]
  const header = [...EXPORT_COLUMNS, ...fields.map((id) => `form.${id}`)]
  const rows = cases.map((one) => {
    const form = new Map(one.form.map(({ id, value }) => [id, plain(value)]))
    return [...EXPORT_COLUMNS.map((column) => one.columns[column]), ...fields.map((id) => form.get(id) ?? '')]
  })
  return csvText([header, ...rows])
}
const plain = (value: unknown): string => (Array.isArray(value) ? value.map(String).join('；') : String(value))

/** A cell that a spreadsheet would compute is kept text by an apostrophe in front. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

export const exchangeJson = (batchNo: string, cases: readonly ExchangeCase[]): string =>
  `${JSON.stringify({ format: 'mingtang-vertical-exchange', version: EXCHANGE_VERSION, batchNo, cases: cases.map(({ columns, form, materials }) => ({ ...columns, form, materials })) }, null, 2)}\n`

/** An empty status file for the other side to fill in, one line per case. */
export const statusTemplate = (cases: readonly ExchangeCase[]): string =>
  csvText([Object.keys(STATUS_COLUMNS), ...cases.map(({ columns }) => [columns.caseNo, ...Array.from({ length: Object.keys(STATUS_COLUMNS).length - 1 }, () => '')])])
