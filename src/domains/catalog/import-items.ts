import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { dayAt } from '../../base/civil-day.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Database, Queryable } from '../../kernel/db/database.ts'
import { parseStrictJson } from '../../kernel/http/strict-json.ts'
import type { Item } from './contract.ts'
import { refuse } from './errors.ts'
import { isProblem, readLine, type LineProblem } from './import-item.ts'
import { LONGEST_LINE, readLines, type Line } from './read-lines.ts'
import { contentHash, versionRow } from './version-row.ts'

/** `code` is the item's code as the line has it, '' where it has none; `rule` names the check that said no. */
export interface RejectedLine extends LineProblem { readonly line: number; readonly code: string; readonly name: string }
/** read = imported + updated + unchanged + rejected. */
export interface ImportResult { readonly read: number; readonly imported: number; readonly updated: number; readonly unchanged: number; readonly rejected: readonly RejectedLine[] }

const BATCH = 500
/** Who holds this transaction lock imports. */
const IMPORT_LOCK = 7_024_831

/**
 * Takes over another register: one JSON object a line. What is valid becomes a published version of source `import` (to be read,
 * not applied for); what is not is listed and left out. Equal content is left as it is, so repeating changes nothing. All or nothing:
 * one transaction. Refuses `catalog/import-unreadable` where there is no such file or it is not text of lines.
 */
export async function importItems(db: Database, file: string | Readable, at: Date): Promise<ImportResult> {
  const { items, read, rejected } = await readItems(typeof file === 'string' ? createReadStream(file) : file, at)
  return db.transaction(async (tx) => {
    // Two imports at once would give one item the same version twice.
    await tx.query('select pg_advisory_xact_lock($1)', [IMPORT_LOCK])
    const known = await knownItems(tx, items.map(({ item }) => item.code))
    const counts = { imported: 0, updated: 0, unchanged: 0 }
    const rows: Readonly<Record<string, unknown>>[] = []
    for (const { item, line } of items) {
      const before = known.get(item.code)
      if (before?.source === 'edited') {
        rejected.push({ line, code: item.code, name: item.name.zh, rule: 'edited', reason: '本目录已编制该事项，不由导入覆盖' })
      } else if (before?.hash === contentHash(item) && before.state === 'published') {
        counts.unchanged += 1
      } else {
        counts[before ? 'updated' : 'imported'] += 1
        rows.push(versionRow({ ...item, version: (before?.version ?? 0) + 1 }, { at, reason: '外部目录导入', authorId: null, reviewerId: null, publishedBy: null }))
      }
    }
    for (let from = 0; from < rows.length; from += BATCH) await insertVersions(tx, rows.slice(from, from + BATCH))
    return { read, ...counts, rejected: rejected.sort((a, b) => a.line - b.line) }
  })
}

interface ReadItem { readonly line: number; readonly item: Item }
async function readItems(stream: Readable, at: Date): Promise<{ items: ReadItem[]; read: number; rejected: RejectedLine[] }> {
  const items = new Map<string, ReadItem>()
  const rejected: RejectedLine[] = []
  const day = dayAt(at)
  let [line, read] = [0, 0]
  try {
    for await (const found of readLines(stream)) {
      line += 1
      if ('text' in found && found.text.trim() === '') continue
      read += 1
      const value = parse(found)
      const { code, name } = labelsOf(value)
      const item = isFault(value) ? value : readLine(value, day)
      const twin = items.get(code)
      if (isProblem(item)) rejected.push({ line, code, name, rule: item.rule, reason: item.reason })
      else if (twin) rejected.push({ line, code, name, rule: 'duplicate', reason: `与第 ${twin.line} 行的编码相同` })
      else items.set(code, { line, item })
    }
  } catch (error) {
    // What the system says about a file; anything else is a failure of ours.
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw refuse('import-unreadable', { reason: error.message })
  }
  return { items: [...items.values()], read, rejected }
}

class Fault implements LineProblem {
  constructor(readonly rule: 'long' | 'encoding' | 'json', readonly reason: string) {}
}
const isFault = (value: unknown): value is Fault => value instanceof Fault

/** The object a line states. A key that comes twice would be read differently by the next program: it is no object either. */
function parse(line: Line): unknown {
  if (!('text' in line)) return line.fault === 'long' ? new Fault('long', `一行超过 ${LONGEST_LINE / 1024} KiB`) : new Fault('encoding', '不是 UTF-8 编码')
  try {
    const value = parseStrictJson(Buffer.from(line.text))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : new Fault('json', '不是一行 JSON 对象')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return new Fault('json', error.errors[0]?.message.zh ?? error.in('zh'))
  }
}

function labelsOf(value: unknown): { code: string; name: string } {
  const { TASK_CODE: code, TASK_NAME: name } = (value ?? {}) as { TASK_CODE?: unknown; TASK_NAME?: unknown }
  return { code: typeof code === 'string' ? code : '', name: typeof name === 'string' ? name : '' }
}

interface Known { readonly version: number; readonly hash: string; readonly state: string; readonly source: string }
async function knownItems(tx: Queryable, codes: readonly string[]): Promise<Map<string, Known>> {
  const rows = await tx.query<Known & { code: string }>(`
    select distinct on (code) code, version, hash, state, source
      from catalog.item_version
     where code = any($1)
     order by code, version desc`, [codes])
  return new Map(rows.map((row) => [row.code, row]))
}

/** Inserts many versions by one statement; column types are the table's own. */
async function insertVersions(tx: Queryable, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const columns = Object.keys(rows[0]!).join(', ')
  await tx.query(`insert into catalog.item_version (${columns}) select ${columns} from jsonb_populate_recordset(null::catalog.item_version, $1::jsonb)`, [JSON.stringify(rows)])
}
