import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ZodError } from 'zod'
import { canonicalJson, type Json } from '../../base/canonical-json.ts'
import { dayAt, rfc3339, type CivilDay } from '../../base/civil-day.ts'
import { Refusal, type InputError } from '../../base/refusal.ts'
import { touchSession } from '../access/caller.ts'
import type { Caller } from '../access/types.ts'
import type { Calendar } from '../calendar/types.ts'
import { clockRow } from '../clock/rows.ts'
import type { ClockRule, ClockState } from '../clock/types.ts'
import type { Database, Queryable } from '../db/database.ts'
import { entryRows, prepareEntry, receiptOf } from '../ledger/entry.ts'
import type { EntryId, LogRef, PreparedEntry } from '../ledger/types.ts'
import type { ProcedureRegistry } from '../procedure/registry.ts'
import type { TimeSource } from '../time/time.ts'
import { mayKnow, resolveActor, SYSTEM } from './actor.ts'
import { advance, type AdvanceContext, type Standing } from './advance.ts'
import { changeClocks } from './clock-changes.ts'
import { refuse } from './errors.ts'
import { readForAct, type ActReading } from './read.ts'
import { changeBetween, snapshotOf } from './snapshot.ts'
import { assertTakes, findStep, organisationsOf, stepsNaming, wasReached } from './steps.ts'
import { compileStatement, MATTER_NO, type ColumnTypes, type Gate } from './statement.ts'
import { sharedActs } from './shared-acts.ts'
import { assertMayTakeUp } from './take-up.ts'
import type { ActAnswer, Actor, ActSpec, Consequence, Matter, MatterKind, PerformRequest, RowChange, RuleContext, Task } from './types.ts'

export interface OrganisationDirectory {
  /** USCC of an organisation of ours. */
  codeOf(id: string): string
  idOf(code: string): string | null
  /** The service centre, where one stands. */
  centreId(): string | null
}

export interface FlowParts {
  readonly db: Database
  readonly time: TimeSource
  readonly calendar: () => Calendar
  readonly clockRule: (code: string, version?: number) => ClockRule
  readonly procedures: ProcedureRegistry
  readonly organisations: OrganisationDirectory
  readonly kinds: readonly MatterKind[]
  readonly columnTypes: ColumnTypes
  readonly inputErrors: (error: ZodError) => readonly InputError[]
  /** Public base address, for `proofUrl` in receipts. */
  readonly url: string
  /** False only where a bench measures what the log costs. */
  readonly withLog?: boolean
}

export interface Flow {
  /** Does one act on a matter. One read, the pure rule, one write; a refusal leaves nothing behind. */
  perform(no: string, revision: number | null, request: PerformRequest): Promise<ActAnswer>
  /** Opens a matter of a kind by one of its opening acts. */
  open(kind: string, request: PerformRequest): Promise<ActAnswer>
  kind(name: string): MatterKind
  act(kind: string, act: string): ActSpec<Json>
}

export function createFlow(parts: FlowParts): Flow {
  const kinds = new Map(parts.kinds.map((kind) => [kind.kind, { ...kind, acts: { ...sharedActs(kind.stages), ...kind.acts } }]))
  const kindOf = (name: string): MatterKind => {
    const kind = kinds.get(name)
    if (!kind) throw refuse('unknown-kind', { kind: name })
    return kind
  }
  const actOf = (kind: MatterKind, act: string): ActSpec<Json> => {
    if (!Object.hasOwn(kind.acts, act)) throw refuse('unknown-act', { act })
    return kind.acts[act]!
  }
  return {
    perform: (no, revision, request) => perform(parts, no, revision, request, (kind, act) => actOf(kindOf(kind), act)),
    open: (kind, request) => open(parts, kindOf(kind), request),
    kind: kindOf,
    act: (kind, act) => actOf(kindOf(kind), act),
  }
}

async function perform(parts: FlowParts, no: string, revision: number | null, request: PerformRequest, specOf: (kind: string, act: string) => ActSpec<Json>): Promise<ActAnswer> {
  const moment = momentOf(parts, request)
  const bodyHash = request.idempotencyKey === undefined ? '' : hashOf({ no, act: request.act, revision, input: request.input as Json })
  const reading = await read(parts, no, request)
  const caller = callerFrom(reading, request)
  const { matter } = reading
  if (!matter || !mayKnow(caller, matter)) throw caller.kind === 'anonymous' ? refuse('not-signed-in') : refuse('not-found', { no })
  const earlier = earlierAnswer(reading, bodyHash, caller)
  if (earlier) return earlier

  const spec = specOf(matter.kind, request.act)
  const net = matter.procedure && parts.procedures.get(matter.procedure.id, matter.procedure.version).net
  const stepsOf = net ? organisationsOf(stepsNaming(net, matter.procedure!.state, request.act), reading.tasks) : []
  const actor = resolveActor(spec.by, caller, { organisationId: matter.organisationId, stepsOf, dutyOf: dutyOf(parts, matter, request.act), subject: matter.subject, partyIds: matter.partyIds, act: request.act, actName: spec.name })
  const input = parseInput(parts, spec, request.input)
  const place = { responsible: matter.organisationId, centre: parts.organisations.centreId(), actName: spec.name }
  if (spec.takesUp && caller.kind === 'officer') assertMayTakeUp(spec.takesUp(input), caller, { net, matter, tasks: reading.tasks, place, act: (name) => specOf(matter.kind, name), dutyOf: (name) => dutyOf(parts, matter, name) })
  if (revision === null && actor.kind !== 'system') throw refuse('revision-needed')
  if (revision !== null && revision !== matter.revision) throw refuse('stale', { no })
  if (!spec.from.includes(matter.stage)) throw refuse('wrong-stage', { no, stage: parts.kinds.find((one) => one.kind === matter.kind)?.stageNames?.[matter.stage] ?? matter.stage, act: spec.name })
  const at = net && findStep(net, matter.procedure!.state, reading.tasks, request.act, actor, request.input)
  if (spec.needsStep && !at && !(spec.needsStep === 'reached' && (!net || wasReached(net, reading.tasks, request.act)))) throw refuse('not-this-step', { act: spec.name })
  if (spec.needsStep && at) assertTakes(net!, at, reading.tasks, actor, place)

  const entryId = randomUUID()
  const facts = spec.read ? await spec.read(parts.db, matter, input, { ...moment, actor }) : undefined
  const context: RuleContext = {
    ...moment, calendar: parts.calendar(), actor, act: request.act, channel: request.channel, entryId, facts,
    clocks: reading.clocks, tasks: reading.tasks, live: net ? net.liveSteps(matter.procedure!.state) : [], step: at?.id ?? null,
  }
  const consequence = spec.decide(matter, input, context)
  if (at && !spec.needsStep && finishes(consequence)) assertTakes(net!, at, reading.tasks, actor, place)
  const outcome = follow(parts, matter, reading, consequence, context, at?.id ?? null)
  const prepared = entryFor(parts, outcome, consequence, context, request, matter, reading)
  const answer = answerOf(parts, outcome, prepared, consequence, caller)
  const gate = updateGate(matter, outcome.matter, moment.now, consequence, actor)
  const rows = [...rowsOf(parts, outcome, reading, prepared, context, request, matter.stage, consequence), ...idempotencyRow(request, caller, bodyHash, answer, moment.now)]
  const written = await write(parts, gate, rows)
  await seen(parts, reading, request, moment)
  // The same request sent twice at once: the other one's answer is stored by now and is this one's too.
  if (written === 'repeated' || (written === null && request.idempotencyKey !== undefined)) return perform(parts, no, revision, request, specOf)
  if (written === null) throw refuse('stale', { no })
  return answer
}

const finishes = (consequence: Consequence<Json>): boolean => (consequence.procedure ?? []).some((change) => change.do === 'finishStep' || change.do === 'finishStepIfLive')

async function open(parts: FlowParts, kind: MatterKind, request: PerformRequest): Promise<ActAnswer> {
  if (!Object.hasOwn(kind.opens, request.act)) throw refuse('unknown-act', { act: request.act })
  const spec = kind.opens[request.act]!
  const moment = momentOf(parts, request)
  const bodyHash = request.idempotencyKey === undefined ? '' : hashOf({ kind: kind.kind, act: request.act, input: request.input as Json })
  const reading = await read(parts, null, request)
  const caller = callerFrom(reading, request)
  const earlier = earlierAnswer(reading, bodyHash, caller)
  if (earlier) return earlier
  if (caller.kind === 'anonymous') throw refuse('not-signed-in')

  const input = parseInput(parts, spec, request.input)
  const matterId = randomUUID()
  const entryId = randomUUID()
  // Who may open depends on the item's organisation, which only the rule knows: it is asked first, as a party or an officer of any scope.
  const asking = openingActor(caller)
  const facts = spec.read ? await spec.read(parts.db, input, { ...moment, actor: asking }) : undefined
  const context = { ...moment, calendar: parts.calendar(), actor: asking, act: request.act, channel: request.channel, entryId, facts, matterId }
  const consequence = spec.decide(input, context)
  const actor = resolveActor(spec.by, caller, { organisationId: consequence.organisationId, subject: consequence.subject, partyIds: consequence.partyIds, act: request.act, actName: spec.name })
  const seed: Matter<Json> = {
    id: matterId, kind: kind.kind, no: '', ref: randomBytes(16).toString('hex'), stage: consequence.stage, revision: 0, procedure: null,
    organisationId: consequence.organisationId, personId: consequence.personId ?? (actor.kind === 'officer' ? actor.personId : null), subject: consequence.subject,
    partyIds: consequence.partyIds, openedAt: rfc3339(moment.now), openedOn: moment.today, data: consequence.data as Json,
  }
  const ruleContext: RuleContext = { ...context, actor, clocks: [], tasks: [], live: [], step: null }
  const outcome = follow(parts, seed, { clocks: [], tasks: [] }, consequence, ruleContext, null)
  const prepared = entryFor(parts, outcome, consequence, ruleContext, request, null, { clocks: [], tasks: [] })
  const answer = answerOf(parts, outcome, prepared, consequence, caller)
  const gate = insertGate(outcome.matter, consequence.numberPrefix, consequence.trackHash ?? null, request.channel, moment.now)
  const rows = [...rowsOf(parts, outcome, { clocks: [], tasks: [] }, prepared, ruleContext, request, null, consequence), ...idempotencyRow(request, caller, bodyHash, answer, moment.now, matterId)]
  const no = await write(parts, gate, rows)
  await seen(parts, reading, request, moment)
  if (no === 'repeated') return open(parts, kind, request)
  return { ...answer, matter: { ...answer.matter, no: no! } }
}

interface Moment { readonly now: Date; readonly today: CivilDay }

function momentOf(parts: FlowParts, request: PerformRequest): Moment {
  const now = request.at ?? parts.time.now()
  if (request.at && request.at > parts.time.now()) throw refuse('future-instant')
  return { now, today: dayAt(now) }
}

function read(parts: FlowParts, no: string | null, request: PerformRequest): Promise<ActReading> {
  const { caller } = request
  const tokenHash = 'tokenHash' in caller ? caller.tokenHash : null
  const callerKey = 'tokenHash' in caller ? null : callerKeyOf(caller)
  return readForAct(parts.db, { no, tokenHash, at: parts.time.now(), today: parts.time.today(), key: request.idempotencyKey ?? null, callerKey })
}

/** At most once a minute a session is marked as seen, so that whoever works does not idle out. */
async function seen(parts: FlowParts, reading: ActReading, { caller }: PerformRequest, { now }: Moment): Promise<void> {
  if (reading.touch && 'tokenHash' in caller) await touchSession(parts.db, caller.tokenHash, now)
}

const callerFrom = (reading: ActReading, { caller }: PerformRequest): Caller | { readonly kind: 'system' } => ('tokenHash' in caller ? reading.caller : caller)
const callerKeyOf = (caller: Caller | { readonly kind: 'system' }): string => ('accountId' in caller ? caller.accountId : caller.kind)
const hashOf = (body: Json): string => createHash('sha256').update(canonicalJson(body)).digest('hex')

function earlierAnswer(reading: ActReading, bodyHash: string, caller: Caller | { readonly kind: 'system' }): ActAnswer | null {
  if (!reading.earlier) return null
  if (reading.earlier.bodyHash !== bodyHash) throw refuse('key-reused')
  const answer = reading.earlier.answer as unknown as ActAnswer
  // The number of a matter just opened is given by the database, after the answer was stored.
  return { ...answer, matter: { ...answer.matter, no: reading.earlier.no }, repeated: true, caller }
}

function parseInput<I>(parts: FlowParts, spec: { readonly input: import('zod').ZodType<I> }, input: unknown): I {
  const parsed = spec.input.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = parts.inputErrors(parsed.error)
  throw refuse('invalid-input', { count: errors.length }, { errors })
}

function openingActor(caller: Caller | { readonly kind: 'system' }): Actor {
  if (caller.kind === 'officer') return { kind: 'officer', personId: caller.personId, partyId: null, post: caller.posts[0] ?? null, accountId: caller.accountId, onBehalf: null }
  if (caller.kind === 'applicant') return { kind: 'applicant', personId: null, partyId: caller.partyId, post: null, accountId: caller.accountId, onBehalf: null }
  return SYSTEM
}

interface Outcome { readonly matter: Matter<Json>; readonly clocks: readonly ClockState[]; readonly tasks: readonly Task[]; readonly timers: Standing['timers'] }

/** Everything the consequence asks for, applied to nouns. */
function follow(parts: FlowParts, matter: Matter<Json>, before: { readonly clocks: readonly ClockState[]; readonly tasks: readonly Task[] }, consequence: Consequence<Json>, context: RuleContext, atStep: string | null): Outcome {
  const organisationId = consequence.organisationId ?? matter.organisationId
  const advanceContext: AdvanceContext = {
    net: (id, version) => parts.procedures.get(id, version).net,
    organisation: (reference, step) => organisationFor(parts, reference, step, organisationId, () => kindNamed(parts, matter.kind)?.placeOf?.(consequence.data ?? matter.data, reference) ?? null),
    actor: context.actor, act: context.act, now: context.now, today: context.today, calendar: context.calendar, atStep,
    outlives: kindNamed(parts, matter.kind)?.outlives ?? (() => false),
  }
  const standing = advance({ procedure: matter.procedure, tasks: before.tasks, timers: {} }, consequence.procedure ?? [], consequence.tasks ?? [], advanceContext)
  const clocks = changeClocks(before.clocks, consequence.clocks ?? [], parts.clockRule, context)
  return {
    matter: {
      ...matter, revision: matter.revision + 1, stage: consequence.stage ?? matter.stage, organisationId,
      personId: consequence.personId ?? matter.personId, partyIds: consequence.partyIds ?? matter.partyIds,
      procedure: standing.procedure, data: consequence.data ?? matter.data,
    },
    clocks,
    tasks: standing.tasks,
    timers: standing.timers,
  }
}

const kindNamed = (parts: FlowParts, kind: string): MatterKind | undefined => parts.kinds.find((one) => one.kind === kind)
const dutyOf = (parts: FlowParts, matter: Matter<Json>, act: string): readonly string[] => kindNamed(parts, matter.kind)?.dutyOf?.(matter.data, act) ?? []

function organisationFor(parts: FlowParts, reference: string, step: string, responsible: string, ofKind: () => string | null): string {
  if (reference === 'responsible') return responsible
  const id = reference === 'centre' ? (parts.organisations.centreId() ?? responsible) : reference.startsWith('co:') ? parts.organisations.idOf(reference.slice(3)) : ofKind()
  if (id === null) throw refuse('step-without-organisation', { step })
  return id
}

function entryFor(parts: FlowParts, outcome: Outcome, consequence: Consequence<Json>, context: RuleContext, request: PerformRequest, before: Matter<Json> | null, earlier: { readonly clocks: readonly ClockState[]; readonly tasks: readonly Task[] }): PreparedEntry {
  const { matter } = outcome
  const change = changeBetween(before && snapshotOf(before, earlier.clocks, earlier.tasks), snapshotOf(matter, outcome.clocks, outcome.tasks))
  return prepareEntry({
    ref: matter.ref as LogRef,
    seq: matter.revision,
    act: `${matter.kind}.${context.act}`,
    at: rfc3339(context.now),
    org: parts.organisations.codeOf(matter.organisationId),
    ground: consequence.ground.article,
    public: {
      ...consequence.public,
      stage: matter.stage,
      by: context.actor.post?.code ?? context.actor.kind,
      // The days by which something must happen stand in clear, so that silence is provable.
      due: Object.fromEntries(outcome.clocks.filter((clock) => clock.stoppedOn === null).map((clock) => [clock.id, clock.dueOn])),
    },
    private: {
      input: request.input as Json, change, by: { person: context.actor.personId, party: context.actor.partyId, onBehalf: context.actor.onBehalf?.authorisationId ?? null },
      ...(consequence.private === undefined ? {} : { more: consequence.private }),
    },
  }, context.entryId as EntryId)
}

function answerOf(parts: FlowParts, outcome: Outcome, prepared: PreparedEntry, consequence: Consequence<Json>, caller: ActAnswer['caller']): ActAnswer {
  return { caller, matter: outcome.matter, clocks: outcome.clocks, tasks: outcome.tasks, receipt: receiptOf(prepared, parts.url), result: consequence.result, repeated: false }
}

function rowsOf(parts: FlowParts, outcome: Outcome, before: { readonly clocks: readonly ClockState[]; readonly tasks: readonly Task[] }, prepared: PreparedEntry, context: RuleContext, request: PerformRequest, fromStage: string | null, consequence: Consequence<Json>): RowChange[] {
  const { matter } = outcome
  const rows: RowChange[] = parts.withLog === false ? [] : [...entryRows(prepared, matter.id)]
  rows.push({ op: 'insert', table: 'flow.act', row: {
    matter_id: matter.id, seq: matter.revision, act: context.act, at: context.now, actor_kind: context.actor.kind, person_id: context.actor.personId,
    party_id: context.actor.partyId, post: context.actor.post?.code ?? null, post_name: context.actor.post?.name ?? null, on_behalf: context.actor.onBehalf,
    ground: consequence.ground.article, from_stage: fromStage, to_stage: matter.stage, channel: request.channel, entry_id: prepared.id, leaf_hash: prepared.leafHash,
  } })
  const knownTasks = new Map(before.tasks.map((task) => [task.id, task]))
  for (const task of outcome.tasks) if (knownTasks.get(task.id) !== task) rows.push(taskChange(task, matter.id, knownTasks.has(task.id)))
  const knownClocks = new Map(before.clocks.map((clock) => [clock.id, clock]))
  for (const clock of outcome.clocks) {
    const known = knownClocks.get(clock.id)
    if (known === clock) continue
    const { matter_id, id, announced, ...moving } = clockRow(matter.id, matter.organisationId, matter.kind, clock)
    // The sweep may announce a light between our read and our write: an act writes `announced` only where it began the clock or moved its light back.
    const light = known?.announced === announced ? {} : { announced }
    rows.push(known ? { op: 'update', table: 'clock.clock', where: { matter_id, id }, set: { ...moving, ...light } } : { op: 'insert', table: 'clock.clock', row: { matter_id, id, ...light, ...moving } })
  }
  for (const [step, due] of Object.entries(outcome.timers)) {
    // A timer that fell is kept with the end of time rather than deleted: one row per step, no second statement.
    rows.push({ op: 'upsert', table: 'flow.timer', key: ['matter_id', 'step'], row: { matter_id: matter.id, step, due_at: due ?? 'infinity' } })
  }
  return [...rows, ...(consequence.rows ?? []).flatMap((row) => (typeof row === 'function' ? row(outcome) : [row]))]
}

function taskChange(task: Task, matterId: string, known: boolean): RowChange {
  const moving = { state: task.state, claimed_by: task.claimedBy, closed_at: task.closedAt, done_by: task.doneBy }
  if (known) return { op: 'update', table: 'flow.task', where: { id: task.id }, set: moving }
  return { op: 'insert', table: 'flow.task', row: { id: task.id, matter_id: matterId, step: task.step, role: task.role, organisation_id: task.organisationId, opened_at: task.openedAt, due_on: task.dueOn, ...moving } }
}

function idempotencyRow(request: PerformRequest, caller: Caller | { readonly kind: 'system' }, bodyHash: string, answer: ActAnswer, at: Date, opened?: string): RowChange[] {
  if (request.idempotencyKey === undefined) return []
  const matterId = opened ?? answer.matter.id
  return [{ op: 'insert', table: 'flow.idempotency', row: { caller: callerKeyOf(caller), key: request.idempotencyKey, body_hash: bodyHash, matter_id: matterId, answer: storable(answer), at } }]
}

/** Who asked is read anew each time. */
function storable({ caller: _caller, ...answer }: ActAnswer): Omit<ActAnswer, 'caller'> { return answer }

/** The write goes ahead only on the revision that was read, and only while the authorisation used still stands as it was read. */
function updateGate(before: Matter<Json>, after: Matter<Json>, now: Date, consequence: Consequence<Json>, actor: Actor): Gate {
  const set: Record<string, unknown> = { revision: after.revision, changed_at: now }
  if (after.stage !== before.stage) set.stage = after.stage
  if (after.data !== before.data) set.data = after.data
  if (after.procedure !== before.procedure) Object.assign(set, procedureColumns(after))
  if (after.organisationId !== before.organisationId) set.organisation_id = after.organisationId
  if (after.personId !== before.personId) set.person_id = after.personId
  if (after.partyIds !== before.partyIds) set.party_ids = after.partyIds
  if (consequence.closed) set.closed_at = now
  if (consequence.trackHash) set.track_hash = consequence.trackHash
  const columns = Object.keys(set)
  const used = actor.onBehalf?.version === undefined ? null : actor.onBehalf
  return {
    shape: `act ${columns.join()}${used ? ' on behalf' : ''}`,
    columns: () => [...[...columns, 'id', 'revision'].map((column) => ['flow.matter', column] as const), ...(used ? [['org.authorisation', 'id'], ['org.authorisation', 'version']] as const : [])],
    values: [...Object.values(set), before.id, before.revision, ...(used ? [used.authorisationId, used.version] : [])],
    text: (places) => {
      const [id, revision, authorisation, version] = places.slice(columns.length)
      return `g as (update flow.matter set ${columns.map((column, i) => `${column} = ${places[i]!}`).join(', ')} where id = ${id!} and revision = ${revision!}${
        used ? ` and exists (select 1 from org.authorisation a where a.id = ${authorisation!} and a.version = ${version!})` : ''} returning no)`
    },
  }
}

function insertGate(matter: Matter<Json>, prefix: string, trackHash: Buffer | null, channel: string, now: Date): Gate {
  const row: Record<string, unknown> = {
    id: matter.id, kind: matter.kind, ref: matter.ref, stage: matter.stage, revision: matter.revision, ...procedureColumns(matter),
    organisation_id: matter.organisationId, person_id: matter.personId, subject: matter.subject, party_ids: matter.partyIds, track_hash: trackHash,
    data: matter.data, channel, opened_at: now, opened_on: matter.openedOn, changed_at: now,
  }
  const columns = Object.keys(row)
  return {
    shape: 'open',
    columns: () => [['flow.counter', 'prefix'], ...columns.map((column) => ['flow.matter', column] as const)],
    values: [prefix, ...Object.values(row)],
    text: ([counter, ...places]) => `counted as (insert into flow.counter as k (prefix, n) values (${counter!}, 1) on conflict (prefix) do update set n = k.n + 1 returning n),
g as (insert into flow.matter (${columns.join(', ')}, no) select ${places.join(', ')}, ${counter!} || lpad(counted.n::text, 6, '0') from counted returning no)`,
  }
}

const procedureColumns = ({ procedure }: Matter<Json>): Record<string, unknown> =>
  ({ procedure_id: procedure?.id ?? null, procedure_version: procedure?.version ?? null, net_state: procedure?.state ?? null })

/** Somebody wrote the same key, or the same party into the register, between our read and our write: read again and follow that. */
const READ_AGAIN: readonly (string | undefined)[] = ['idempotency_pkey', 'one_party_per_document']

/** Commit point. Before it nothing happened; after it everything else is recovered from the ledger. */
async function write(parts: FlowParts, gate: Gate, rows: readonly RowChange[]): Promise<string | null> {
  const statement = compileStatement(parts.columnTypes, gate, rows)
  try {
    const [row] = await parts.db.prepared<{ no: string }>(statement.name, statement.text, statement.values)
    return row?.no ?? null
  } catch (error) {
    if (!(error instanceof Refusal) && READ_AGAIN.includes((error as { constraint?: string }).constraint)) return 'repeated'
    throw error
  }
}

export { MATTER_NO }
export type { Queryable }
