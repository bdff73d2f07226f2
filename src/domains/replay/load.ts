import { basename } from 'node:path'
import { dayAt, daysBetween, type CivilDay } from '../../base/civil-day.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import type { House } from '../../kernel/house.ts'
import { refuse } from './errors.ts'
import type { EventLog, LogCase } from './event-log.ts'
import { subjectOf } from './kind.ts'
import { readLog } from './read-log.ts'
import { instantOf, type Timestamp } from './timestamp.ts'

export interface LoadOptions {
  /** USCC of the organisation that holds the matters; default the service centre. */
  readonly organisation?: string
  /** Cases in hand at the same time. */
  readonly concurrency?: number
}

export interface Loaded {
  readonly log: string
  readonly cases: number
  /** Cases that were not there before, and those that were all there already. */
  readonly opened: number
  readonly already: number
  readonly acts: number
  /** Cases whose deadline lies before their start: they are matters without a clock. */
  readonly impossibleDeadlines: number
  readonly seconds: number
}

type HouseParts = Pick<House, 'db' | 'flow' | 'organisations' | 'time'>

/**
 * Makes every case of a log file a matter of kind `replayed`, each of its events an act at its own past instant. Loading the same log again adds
 * nothing, and a load that was broken off is taken up where it stopped: a case is known by log and id, its progress by its revision.
 * Refuses `replay/unknown-organisation`, `replay/in-the-future`, and what reading refuses.
 */
export async function loadLog(house: HouseParts, path: string, options: LoadOptions = {}): Promise<Loaded> {
  const name = basename(path)
  const log = await readLog(path)
  // A second load of the same log waits for the first, and then finds nothing left to do.
  return house.db.withClient(async (client) => {
    await client.query('select pg_advisory_lock($1, hashtext($2))', [LOAD_LOCK, name])
    try {
      return await loadCases(house, name, log, options)
    } finally {
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [LOAD_LOCK, name])
    }
  })
}
const LOAD_LOCK = 7_024_851

async function loadCases(house: HouseParts, name: string, log: EventLog, options: LoadOptions): Promise<Loaded> {
  const organisationId = options.organisation === undefined ? house.organisations.centreId() : house.organisations.idOf(options.organisation)
  if (organisationId === null) throw refuse('unknown-organisation', { code: options.organisation ?? '—' })
  const now = house.time.now()
  const stories = log.cases.map((one) => storyOf(one, log.attributes.has('enddate')))
  for (const { id, ends } of stories) if (ends > now) throw refuse('in-the-future', { id })

  const begun = performance.now()
  const known = await knownCases(house.db, name)
  const organisation = { organisationId, organisationCode: house.organisations.codeOf(organisationId) }
  let opened = 0, already = 0, acts = 0
  const waiting = stories.values()
  const hand = async (): Promise<void> => {
    for (const story of waiting) {
      const done = await tell(house, name, organisation, story, known.get(story.id))
      acts += done
      if (!known.has(story.id)) opened += 1
      else if (done === 0) already += 1
    }
  }
  await Promise.all(Array.from({ length: options.concurrency ?? 8 }, hand))
  return {
    log: name, cases: stories.length, opened, already, acts, impossibleDeadlines: stories.filter((story) => story.impossible).length,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
  }
}

interface Story {
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
  readonly begins: Date
  readonly deadline: { readonly on: CivilDay; readonly days: number } | null
  readonly impossible: boolean
  readonly records: readonly { readonly at: Date; readonly activity: string; readonly resource: string | null }[]
  /** The last instant of the case, and the day its clock stops; null: the log has end dates and this case none. */
  readonly ended: { readonly at: Date; readonly on: CivilDay } | null
  readonly ends: Date
}

/** A case in the order in which it is acted out. An act cannot come before the one before it, so begin and end give way to the events. */
function storyOf({ id, attributes, start, deadline, end, events }: LogCase, knowsEnds: boolean): Story {
  const first = instantOf(events[0]!.at)
  const last = instantOf(events.at(-1)!.at)
  const zero = dayAt(start === null ? first : instantOf(start))
  const days = deadline === null ? null : daysBetween(zero, dayAt(instantOf(deadline)))
  const closing: Timestamp | null = end ?? (knowsEnds ? null : events.at(-1)!.at)
  const ended = closing && { at: later(instantOf(closing), last), on: dayAt(instantOf(closing)) }
  return {
    id, attributes, begins: start !== null && instantOf(start) < first ? instantOf(start) : first,
    deadline: days !== null && days >= 0 ? { on: zero, days } : null, impossible: days !== null && days < 0,
    records: events.map(({ at, activity, resource }) => ({ at: instantOf(at), activity, resource })), ended, ends: ended?.at ?? last,
  }
}
const later = (a: Date, b: Date): Date => (a > b ? a : b)

interface Known { readonly no: string; readonly revision: number }

/** Acts out what is missing of one case; returns how many acts that took. */
async function tell({ flow }: HouseParts, log: string, organisation: { organisationId: string; organisationCode: string }, story: Story, known: Known | undefined): Promise<number> {
  const act = { caller: { kind: 'system' as const }, channel: 'replay' }
  const { id, attributes, deadline } = story
  let standing = known
  let done = 0
  if (!standing) {
    const { matter } = await flow.open('replayed', { ...act, act: 'begin', input: { log, caseId: id, attributes, ...organisation, deadline }, at: story.begins, idempotencyKey: `replay ${log} ${id}`.slice(0, 200) })
    standing = { no: matter.no, revision: matter.revision }
    done += 1
  }
  const { no } = standing
  for (let { revision } = standing; ; revision += 1) {
    const next = story.records[revision - 1]
    if (next) await flow.perform(no, revision, { ...act, act: 'record', input: { activity: next.activity, resource: next.resource }, at: next.at })
    else if (story.ended && revision === story.records.length + 1) await flow.perform(no, revision, { ...act, act: 'end', input: { on: story.ended.on }, at: story.ended.at })
    else return done
    done += 1
  }
}

async function knownCases(db: Queryable, log: string): Promise<ReadonlyMap<string, Known>> {
  const rows = await db.query<Known & { case_id: string }>(`
select m.no, m.revision, m.data ->> 'caseId' as case_id
  from flow.matter m
 where m.subject = $1 and m.kind = 'replayed'`, [subjectOf(log)])
  return new Map(rows.map((row) => [row.case_id, { no: row.no, revision: row.revision }]))
}
