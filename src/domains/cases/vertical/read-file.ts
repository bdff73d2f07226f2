import { parse, type CsvError } from 'csv-parse/sync'
import { isCivilDay } from '../../../base/civil-day.ts'
import type { Refusal } from '../../../base/refusal.ts'
import { STATUS_COLUMNS, StatusLine, VERTICAL_STATUSES, VERTICAL_STATUS_NAMES, type StatusColumn, type VerticalStatus } from './contract.ts'
import { refuse } from './errors.ts'

export const LINES_MAX = 5000
export const BYTES_MAX = 5 * 1024 * 1024

/** A line of the file: read, or why it cannot be. `line` counts from the file's first line, the header, as an editor does. */
export interface FoundLine { readonly line: number; readonly caseNo: string; readonly read: StatusLine | Refusal }
export interface StatusFile { readonly encoding: 'utf-8' | 'gb18030'; readonly format: 'csv' | 'json'; readonly lines: readonly FoundLine[] }

const COLUMNS = Object.keys(STATUS_COLUMNS) as StatusColumn[]
const BY_NAME = new Map<string, StatusColumn>(COLUMNS.flatMap((column) => [[column.toLowerCase(), column], [STATUS_COLUMNS[column], column]]))
const STATUS_BY_NAME = new Map<string, VerticalStatus>(VERTICAL_STATUSES.flatMap((status) => [[status.toLowerCase(), status], [VERTICAL_STATUS_NAMES[status].zh, status]]))
const isRefusal = (read: StatusLine | Refusal): read is Refusal => read instanceof Error
export { isRefusal }

/**
 * A status file in CSV or JSON, UTF-8 (with or without mark) or GB18030.
 * Refuses `vertical/file-encoding`, `file-format`, `file-empty`, `file-too-long`; what is wrong with one line is said at that line.
 */
export function readStatusFile(bytes: Buffer): StatusFile {
  if (bytes.length > BYTES_MAX) throw tooLong()
  const { text, encoding } = decode(bytes)
  const format = /^\s*[[{]/.test(text) ? 'json' : 'csv'
  const lines = format === 'json' ? fromJson(text) : fromCsv(text)
  if (lines.length === 0) throw refuse('file-empty')
  if (lines.length > LINES_MAX) throw tooLong()
  return { encoding, format, lines }
}
export const tooLong = () => refuse('file-too-long', { max: LINES_MAX, megabytes: BYTES_MAX / 1024 / 1024 })
const malformed = (zh: string, en: string) => refuse('file-format', { why: { zh, en } })

function decode(bytes: Buffer): { text: string; encoding: 'utf-8' | 'gb18030' } {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // UTF-16 and binary decode to something, but never without a NUL.
      if (!text.includes('\0')) return { text, encoding }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  throw refuse('file-encoding')
}

function fromCsv(text: string): FoundLine[] {
  const rows = parseCsv(text)
  const [header, ...body] = rows
  if (!header) throw refuse('file-empty')
  const columns = columnsOf(header.cells)
  return body.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).map(({ cells, line }) => {
    const values = Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
    const caseNo = (values['caseNo'] ?? '').trim()
    return { line, caseNo: caseNo.slice(0, 100), read: cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== '') ? refuse('line-surplus') : lineOf(values) }
  })
}

function parseCsv(text: string): { cells: string[]; line: number }[] {
  try {
    // Spreadsheets in Chinese write commas, semicolons or tabs; the header says which.
    const delimiter = [',', '\t', ';'].sort((a, b) => firstLine(text).split(b).length - firstLine(text).split(a).length)[0]!
    const records = parse(text, { bom: true, delimiter, relax_column_count: true, info: true, skip_empty_lines: true }) as unknown as { record: string[]; info: { lines: number } }[]
    let start = 1
    return records.map(({ record, info }) => {
      // `lines` is the record's last line; a quoted cell may span several, and the first is what an editor shows.
      const line = Math.max(start, info.lines - record.join('').split('\n').length + 1)
      start = info.lines + 1
      return { cells: record, line }
    })
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number }
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw error
    throw malformed(`第 ${lines ?? '?'} 行的引号不成对`, `the quotation marks of line ${lines ?? '?'} do not match`)
  }
}
const firstLine = (text: string): string => text.slice(0, Math.max(0, text.indexOf('\n')) || undefined)

function columnsOf(header: readonly string[]): StatusColumn[] {
  const cells = header.map((cell) => cell.trim()).filter((cell, i, all) => cell !== '' || all.slice(i).some((later) => later !== ''))
  const columns = cells.map((cell) => {
    const column = BY_NAME.get(cell.toLowerCase())
    if (!column) throw malformed(`表头有不认识的栏目“${cell.slice(0, 40)}”`, `the header has an unknown column “${cell.slice(0, 40)}”`)
    return column
  })
  const twice = columns.find((column, i) => columns.indexOf(column) !== i)
  if (twice) throw malformed(`表头的栏目“${STATUS_COLUMNS[twice]}”出现两次`, `the header names “${twice}” twice`)
  for (const needed of ['caseNo', 'status', 'on'] as const) if (!columns.includes(needed)) throw malformed(`表头没有“${STATUS_COLUMNS[needed]}”（${needed}）`, `the header lacks “${needed}”`)
  return columns
}

function fromJson(text: string): FoundLine[] {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw malformed('JSON 写法有误', 'the JSON cannot be parsed')
  }
  const list = Array.isArray(value) ? value : typeof value === 'object' && value !== null && 'lines' in value && Array.isArray(value.lines) ? value.lines as unknown[] : null
  if (!list) throw malformed('JSON 应为数组，或者含有数组“lines”', 'the JSON must be an array, or have an array “lines”')
  return list.map((entry: unknown, i) => {
    const line = i + 1
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return { line, caseNo: '', read: refuse('line-malformed', { column: 'lines', value: JSON.stringify(entry).slice(0, 60) }) }
    const given = Object.entries(entry as Record<string, unknown>).filter(([, cell]) => cell !== null)
    const strange = given.find(([name, cell]) => !COLUMNS.includes(name as StatusColumn) || typeof cell !== 'string')
    const caseNo = given.find(([name]) => name === 'caseNo')?.[1]
    return { line, caseNo: typeof caseNo === 'string' ? caseNo.slice(0, 100) : '', read: strange ? refuse('line-malformed', { column: strange[0].slice(0, 40), value: (JSON.stringify(strange[1]) ?? '').slice(0, 60) }) : lineOf(Object.fromEntries(given) as Record<string, string>) }
  })
}

/** Needed by a status, beside number, status and day. */
const NEEDS: Partial<Record<VerticalStatus, readonly StatusColumn[]>> = { returned: ['reasons'], 'decided-granted': ['documentNo'], 'decided-refused': ['documentNo', 'reasons'], certificateIssued: ['certificateNo'] }
const NUMBERS: readonly StatusColumn[] = ['caseNo', 'externalNo', 'documentNo', 'certificateNo']

/** Cells as a line; nothing is guessed. Days may be written `2026-03-05` or, as spreadsheets do, `2026/3/5`. */
function lineOf(cells: Readonly<Record<string, string>>): StatusLine | Refusal {
  const values = Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, cell.trim()] as const).filter(([, cell]) => cell !== '')) as Partial<Record<StatusColumn, string>>
  for (const column of ['caseNo', 'status', 'on'] as const) if (values[column] === undefined) return refuse('line-missing', { column: STATUS_COLUMNS[column], status: values.status ?? '—' })
  const mangled = NUMBERS.find((column) => /^\d(\.\d+)?E\+\d+$/i.test(values[column] ?? ''))
  if (mangled) return refuse('number-mangled', { column: STATUS_COLUMNS[mangled], value: values[mangled]! })
  const status = STATUS_BY_NAME.get(values.status!.toLowerCase())
  if (!status) return refuse('line-malformed', { column: STATUS_COLUMNS.status, value: values.status!.slice(0, 60) })
  const missing = NEEDS[status]?.find((column) => values[column] === undefined)
  if (missing) return refuse('line-missing', { column: STATUS_COLUMNS[missing], status: VERTICAL_STATUS_NAMES[status] })
  for (const column of ['on', 'validFrom', 'validTo'] as const) {
    if (values[column] === undefined) continue
    const day = dayOf(values[column])
    if (day === null) return refuse('line-malformed', { column: STATUS_COLUMNS[column], value: values[column].slice(0, 60) })
    values[column] = day
  }
  const parsed = StatusLine.safeParse({ ...values, caseNo: values.caseNo!.toUpperCase(), status })
  if (parsed.success) return parsed.data
  const column = String(parsed.error.issues[0]!.path[0]) as StatusColumn
  return refuse('line-malformed', { column: STATUS_COLUMNS[column] ?? column, value: (values[column] ?? '').slice(0, 60) })
}

function dayOf(text: string): string | null {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text)
  if (!parts) return null
  const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  return isCivilDay(day) ? day : null
}
