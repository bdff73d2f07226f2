import type { z } from 'zod'
import type { Json } from '../../base/canonical-json.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Calendar } from '../calendar/types.ts'
import type { ClockRule, ClockState, PauseGround } from '../clock/types.ts'
import type { NetState } from '../procedure/types.ts'
import type { Receipt } from '../ledger/types.ts'
import type { Caller } from '../access/types.ts'
import type { HeldPost } from '../org/types.ts'

/** A change of one row that a rule asks for. Flow flushes all of an act's changes as one data-modifying statement. */
export type RowChange =
  | { readonly op: 'insert'; readonly table: string; readonly row: Readonly<Record<string, unknown>> }
  | { readonly op: 'upsert'; readonly table: string; readonly key: readonly string[]; readonly row: Readonly<Record<string, unknown>> }
  | { readonly op: 'update'; readonly table: string; readonly where: Readonly<Record<string, unknown>>; readonly set: Readonly<Record<string, unknown>> }

/** The matter as the act leaves it, for rows that name what it set: the due day in a message. */
export interface After { readonly matter: Matter; readonly clocks: readonly ClockState[] }
export type RowAfter = (after: After) => readonly RowChange[]

/** Work for a post in an organisation. */
export interface Task {
  readonly id: string
  /** Step id of the procedure, or a kind of extra task such as `telephone`. */
  readonly step: string
  readonly role: string
  readonly organisationId: string
  readonly state: 'open' | 'claimed' | 'done' | 'cancelled'
  readonly claimedBy: string | null
  readonly openedAt: string
  /** End of the step's own budget in working days; null where it has none. */
  readonly dueOn: CivilDay | null
  readonly closedAt: string | null
  /** Who did it; separation of duties looks here. */
  readonly doneBy: string | null
}

/** One row for every duty: application, request, ticket, draft. `data` is the kind's own noun. */
export interface Matter<Data = Json> {
  readonly id: string
  readonly kind: string
  readonly no: string
  /** Random 128 bits: the matter's name in the public log. */
  readonly ref: string
  readonly stage: string
  readonly revision: number
  readonly procedure: { readonly id: string; readonly version: number; readonly state: NetState } | null
  readonly organisationId: string
  /** 首问责任人: the officer of first contact until handed over with acceptance; null for matters begun online. */
  readonly personId: string | null
  /** What the matter is about: the item's code. */
  readonly subject: string
  /** Accounts' parties who may see it as their own. */
  readonly partyIds: readonly string[]
  readonly openedAt: string
  readonly openedOn: CivilDay
  readonly data: Data
}

/** Under whose name an act stands. */
export interface Actor {
  readonly kind: 'officer' | 'applicant' | 'system' | 'outsider'
  readonly personId: string | null
  readonly partyId: string | null
  readonly post: HeldPost | null
  /** The account behind it: files are named by whoever uploaded them. Null for the system. */
  readonly accountId: string | null
  /** B cover or leave, entrustment, chief representative: on whose behalf and by which authorisation. */
  readonly onBehalf: { readonly authorisationId: string; readonly kind: string; readonly version?: number } | null
}

/** Who may do an act. Any one of the alternatives is enough; the first that fits is recorded. */
export type Permit =
  /** An officer whose post has the permission; `responsible`: in the matter's organisation, entrusted by it for the item, or where the act is the post's organisation's own duty; `any`: anywhere. */
  | { readonly officer: string; readonly scope: 'responsible' | 'any' }
  /** The applicant or her agent. */
  | { readonly party: true }
  | { readonly system: true }

export interface LegalGround { readonly code: string; readonly article: string; readonly name: Bilingual }

/** Changes a rule asks for on the matter's clocks. */
export type ClockChange =
  | { readonly do: 'start'; readonly rule: string; readonly on?: CivilDay; readonly at?: string; readonly amount?: number; readonly unit?: ClockRule['unit']; readonly article?: string }
  | { readonly do: 'stop'; readonly clock: string; readonly on?: CivilDay }
  | { readonly do: 'suspend'; readonly clock: string; readonly ground: PauseGround; readonly article: string; readonly noticeIssuedOn: CivilDay; readonly from?: CivilDay }
  | { readonly do: 'resume'; readonly clock: string; readonly on?: CivilDay }
  | { readonly do: 'extend'; readonly clock: string; readonly amount: number; readonly approvedBy: string; readonly reason: string; readonly ownLaw?: { readonly article: string; readonly most: number } }

export type ProcedureChange =
  | { readonly do: 'start'; readonly id: string; readonly version: number; readonly facts: Json }
  /** Finishes the live step that names this act among its acts. `outcome` chooses the flow; without it conditions over `facts` do. */
  | { readonly do: 'finishStep'; readonly outcome?: string; readonly facts?: Json }
  /** `named`: the step of another act, where the law does what nobody did (silence accepts: the step that names `accept`). */
  | { readonly do: 'finishStepIfLive'; readonly outcome?: string; readonly facts?: Json; readonly named?: string }
  /** A timer step has come. */
  | { readonly do: 'timer'; readonly step: string; readonly facts?: Json }
  /** Everything live ends: withdrawal, termination. */
  | { readonly do: 'abandon' }

export type TaskChange =
  | { readonly do: 'open'; readonly step: string; readonly role: string; readonly organisationId: string; readonly workingDays?: number }
  | { readonly do: 'close'; readonly step: string }
  /** `insteadOf`: from whom it is taken over, being away. */
  | { readonly do: 'claim'; readonly taskId: string; readonly insteadOf?: string }
  | { readonly do: 'release'; readonly taskId: string }

/** What follows from an act: everything the rule wants changed, as data. Flow writes it, or nothing. */
export interface Consequence<Data> {
  readonly data?: Data
  readonly stage?: string
  readonly organisationId?: string
  readonly personId?: string
  readonly partyIds?: readonly string[]
  readonly procedure?: readonly ProcedureChange[]
  readonly clocks?: readonly ClockChange[]
  readonly tasks?: readonly TaskChange[]
  /** Rows of the domain and of notify, files, … */
  readonly rows?: readonly (RowChange | RowAfter)[]
  readonly ground: LegalGround
  /** In clear in the log: never a person's data. */
  readonly public?: { readonly [key: string]: Json | undefined }
  /** Beside input and change, committed to under salt. */
  readonly private?: Json
  /** More for the answer of the act. */
  readonly result?: Json
  readonly closed?: boolean
  /** Hash of a new track code; the old one no longer opens the matter. */
  readonly trackHash?: Buffer
}

export interface RuleContext {
  readonly now: Date
  readonly today: CivilDay
  readonly calendar: Calendar
  readonly actor: Actor
  readonly act: string
  readonly channel: string
  readonly clocks: readonly ClockState[]
  readonly tasks: readonly Task[]
  /** Steps live now, by id. */
  readonly live: readonly string[]
  /** The live step this act serves; null for acts beside the procedure. */
  readonly step: string | null
  /** What `ActSpec.read` brought, for the few acts that need more than the one read. */
  readonly facts: unknown
  readonly entryId: string
}

export interface ActSpec<Data, Input = any> {
  readonly name: Bilingual
  readonly input: z.ZodType<Input>
  /** Legal stages in which it is lawful; an opening act has none. */
  readonly from: readonly string[]
  readonly by: readonly Permit[]
  /**
   * True: lawful only while a live step of the procedure names it. `reached`: from when a step that names it is live, also after it
   * was passed; where the procedure has no such step, at any time. An act that finishes a step finishes only one that is its doer's to take.
   */
  readonly needsStep?: boolean | 'reached'
  /** The task by which somebody takes work up: only who could do it may. */
  readonly takesUp?: (input: Input) => string
  /** Facts beyond the one read; costs one more round trip. */
  readonly read?: (db: import('../db/database.ts').Queryable, matter: Matter<Data> | null, input: Input, moment: Pick<RuleContext, 'now' | 'today' | 'actor'>) => Promise<unknown>
  /** Whether a screen draws it at all; what it leaves out the rule would refuse whatever was typed. */
  readonly offeredWhen?: (matter: Matter<Data>, clocks: readonly ClockState[], tasks: readonly Task[], today: CivilDay) => boolean
  /** Pure. Throws a Refusal to say no. */
  readonly decide: (matter: Matter<Data>, input: Input, context: RuleContext) => Consequence<Data>
}

export interface MatterKind<Data = any> {
  readonly kind: string
  readonly name: Bilingual
  /** `GA-2026-000123`: prefix of the number per organisation and year. */
  readonly stages: readonly string[]
  /** As refusals speak of them; without it by their code. */
  readonly stageNames?: Readonly<Record<string, Bilingual>>
  readonly acts: Readonly<Record<string, ActSpec<Data>>>
  /** The acts that open such a matter. */
  readonly opens: Readonly<Record<string, OpenSpec<Data>>>
  /** Where a step of a reference of this kind's own lies (`mt:organisation="accepting"`): the organisation's id, or null for a reference it does not know. */
  readonly placeOf?: (data: Data, reference: string) => string | null
  /** Organisations, beside the responsible one, whose own legal duty an act on such a matter is. */
  readonly dutyOf?: (data: Data, act: string) => readonly string[]
  /** Whether a task is about the office rather than the matter's own course: such a one is not cancelled when everything live ends. */
  readonly outlives?: (step: string) => boolean
  /** What becomes public, and which article withholds the rest. */
  readonly publicFace: { readonly heading: 'decision' | 'execution' | 'management' | 'service' | 'result'; readonly shows: Bilingual; readonly withheldBy: string }
}

export interface OpenSpec<Data, Input = any> {
  readonly name: Bilingual
  readonly input: z.ZodType<Input>
  readonly by: readonly Permit[]
  readonly read?: (db: import('../db/database.ts').Queryable, input: Input, moment: Pick<RuleContext, 'now' | 'today' | 'actor'>) => Promise<unknown>
  readonly decide: (input: Input, context: Omit<RuleContext, 'clocks' | 'tasks' | 'live' | 'step'> & { readonly matterId: string }) => Consequence<Data> & {
    readonly data: Data
    readonly stage: string
    readonly organisationId: string
    readonly organisationCode: string
    readonly subject: string
    readonly partyIds: readonly string[]
    /** `prefix-year-` of the number; a counter row per prefix gives the rest. */
    readonly numberPrefix: string
    readonly trackHash?: Buffer
  }
}

export interface PerformRequest {
  readonly caller: Caller | { readonly kind: 'system' } | { readonly tokenHash: Buffer }
  readonly act: string
  readonly input: unknown
  readonly channel: string
  readonly idempotencyKey?: string
  /** Demo and replay bear simulated past instants; else kernel/time says when. */
  readonly at?: Date
}

export interface ActAnswer<Data = Json> {
  readonly matter: Matter<Data>
  readonly clocks: readonly ClockState[]
  readonly tasks: readonly Task[]
  readonly receipt: Receipt
  readonly result: Json | undefined
  /** True when this answer is a stored one: the same idempotency key came before. */
  readonly repeated: boolean
  /** Who did it, as read with the act. */
  readonly caller: Caller | { readonly kind: 'system' }
}
