import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../base/canonical-json.ts'
import { commitmentOf } from '../../base/receipt.ts'
import { stateOf, type ClockRow } from '../clock/rows.ts'
import type { Database } from '../db/database.ts'
import type { Leaf } from '../ledger/types.ts'
import { hashLeaf } from '../ledger/hash.ts'
import { MATTER_COLUMNS, matterOf, taskOf, type MatterRow, type TaskRow } from './read.ts'
import { fold, snapshotOf, withoutNulls, type Snapshot } from './snapshot.ts'

export interface Difference { readonly no: string; readonly kind: 'row' | 'leaf' | 'opening' | 'sequence' | 'missing' | 'act'; readonly at: string; readonly detail: string }
export interface AuditReport { readonly matters: number; readonly acts: number; readonly erased: number; readonly differences: readonly Difference[] }

interface EntryRow { readonly id: string; readonly matter_id: string; readonly seq: number; readonly leaf: string; readonly leaf_hash: Buffer; readonly salt: Buffer | null; readonly private: { change: Json; by?: { person: string | null; party: string | null } } | null
  readonly act: ActRow | null
}
interface ActRow { readonly leaf_hash: string; readonly act: string; readonly at: string; readonly post: string | null; readonly actor_kind: string; readonly person_id: string | null; readonly party_id: string | null; readonly ground: string; readonly to_stage: string }
interface Standing { readonly matter: MatterRow; readonly clocks: ClockRow[]; readonly tasks: TaskRow[]; readonly redated: { clockId: string; dueOn: string }[] }

const BATCH = 500

/**
 * Folds every matter from what its acts recorded and compares with its row: no rule is run again, so that new code or a new
 * calendar cannot change history. Dates moved by a calendar notice come from the clock's recorded events. Reads in batches.
 */
export async function audit(db: Database): Promise<AuditReport> {
  const differences: Difference[] = []
  let matters = 0, acts = 0, erased = 0, after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db.query<MatterRow>(`select ${MATTER_COLUMNS} from flow.matter m where m.id > $1 order by m.id limit ${BATCH}`, [after])
    if (rows.length === 0) return { matters, acts, erased, differences }
    after = rows.at(-1)!.id
    const ids = rows.map((row) => row.id)
    const [entries, standings] = [await entriesOf(db, ids), await standingsOf(db, rows, ids)]
    for (const standing of standings) {
      const own = entries.get(standing.matter.id) ?? []
      matters += 1
      acts += own.length
      if (own.some((entry) => entry.private === null)) erased += 1
      differences.push(...auditMatter(standing, own))
    }
  }
}

function auditMatter(standing: Standing, entries: readonly EntryRow[]): Difference[] {
  const { no, revision } = standing.matter
  const found: Difference[] = []
  const say = (kind: Difference['kind'], at: string, detail: string): void => { found.push({ no, kind, at, detail }) }
  if (entries.length !== revision) say('missing', `/revision`, `row is at revision ${revision}, the ledger has ${entries.length} acts`)
  let snapshot: Snapshot = {}
  let complete = true
  entries.forEach((entry, i) => {
    const at = `/acts/${entry.seq}`
    if (entry.seq !== i + 1) say('sequence', at, `act ${i + 1} expected`)
    if (entry.private === null || entry.salt === null) complete = false
    else snapshot = fold(snapshot, entry.private.change)
    // A leaf that is not what was recorded may not even be JSON: nothing more is read out of it.
    if (!hashLeaf(entry.leaf).equals(entry.leaf_hash)) return say('leaf', at, 'the leaf does not hash to what was recorded')
    const leaf = JSON.parse(entry.leaf) as Leaf
    if (leaf.ref !== standing.matter.ref) say('leaf', at, 'the leaf names another matter')
    if (entry.act === null || entry.act.leaf_hash !== entry.leaf_hash.toString('base64')) say('act', at, 'the act’s row is gone or names another leaf')
    else if (!saysTheSame(entry.act, leaf, entry.private?.by, standing.matter.kind)) say('act', at, 'the act’s row does not say what its leaf says')
    if (entry.salt === null || entry.private === null) return
    if (commitmentOf(entry.salt, canonicalJson(entry.private as unknown as Json), (bytes) => createHash('sha256').update(bytes).digest()) !== leaf.commit) say('opening', at, 'the private facts are not those committed to')
  })
  if (complete) compare(withoutNulls(redated(snapshot, standing) as Json), withoutNulls(rowSnapshot(standing) as Json), '', (at, detail) => say('row', at, detail))
  return found
}

/** Who, what, when and on which ground, as the leaf has it in clear and the opening under salt. */
function saysTheSame(act: ActRow, leaf: Leaf, by: { readonly person: string | null; readonly party: string | null } | undefined, kind: string): boolean {
  return leaf.act === `${kind}.${act.act}` && Date.parse(leaf.at) === Date.parse(act.at) && leaf.ground === act.ground && leaf.public.stage === act.to_stage
    && leaf.public.by === (act.post ?? act.actor_kind) && (by === undefined || (by.person === act.person_id && by.party === act.party_id))
}

const rowSnapshot = ({ matter, clocks, tasks }: Standing): Snapshot => snapshotOf(matterOf(matter), clocks.map(stateOf), tasks.map(taskOf))

/** Due days a notice moved after the act that set them: the last recorded event says where to. */
function redated(snapshot: Snapshot, standing: Standing): Snapshot {
  if (standing.redated.length === 0) return snapshot
  const current = rowSnapshot(standing).clocks as Record<string, Record<string, Json>>
  const clocks = { ...(snapshot.clocks as Record<string, Record<string, Json>>) }
  for (const { clockId, dueOn } of standing.redated) {
    const clock = clocks[clockId]
    if (clock && clock.dueOn !== null && clock.dueOn !== undefined && current[clockId]?.dueOn === dueOn) clocks[clockId] = { ...clock, dueOn }
  }
  return { ...snapshot, clocks }
}

function compare(folded: Json | undefined, row: Json | undefined, at: string, say: (at: string, detail: string) => void): void {
  if (canonicalJson(folded ?? null) === canonicalJson(row ?? null)) return
  const isObject = (value: Json | undefined): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)
  if (isObject(folded) && isObject(row)) {
    for (const key of new Set([...Object.keys(folded), ...Object.keys(row)])) compare(folded[key], row[key], `${at}/${key}`, say)
    return
  }
  say(at, 'the row is not what its acts made it')
}

async function entriesOf(db: Database, ids: readonly string[]): Promise<Map<string, EntryRow[]>> {
  const rows = await db.query<EntryRow>(`
select e.id, m.id as matter_id, e.seq, e.leaf, e.leaf_hash, o.salt, o.private, row_to_json(a) as act
  from flow.matter m
  join ledger.entry e on e.ref = m.ref
  left join ledger.opening o on o.entry = e.id
  left join flow.act a on a.matter_id = m.id and a.seq = e.seq and a.entry_id = e.id
 where m.id = any($1::uuid[])
 order by m.id, e.seq`, [ids])
  const groups = new Map<string, EntryRow[]>()
  for (const row of rows) groups.set(row.matter_id, [...(groups.get(row.matter_id) ?? []), row])
  return groups
}

async function standingsOf(db: Database, matters: readonly MatterRow[], ids: readonly string[]): Promise<Standing[]> {
  const clocks = await db.query<ClockRow & { matter_id: string }>('select * from clock.clock where matter_id = any($1::uuid[])', [ids])
  const tasks = await db.query<TaskRow & { matter_id: string }>('select * from flow.task where matter_id = any($1::uuid[])', [ids])
  const events = await db.query<{ matter_id: string; clockId: string; dueOn: string }>(`select distinct on (matter_id, clock_id) matter_id, clock_id as "clockId", due_on as "dueOn" from clock.event where kind = 'redated' and matter_id = any($1::uuid[]) order by matter_id, clock_id, seq desc`, [ids])
  return matters.map((matter) => ({
    matter, clocks: clocks.filter((clock) => clock.matter_id === matter.id), tasks: tasks.filter((task) => task.matter_id === matter.id), redated: events.filter((event) => event.matter_id === matter.id),
  }))
}
