import { dayAt, type CivilDay } from '../../../base/civil-day.ts'
import type { Bilingual } from '../../../base/text.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { RowChange } from '../../../kernel/flow/types.ts'
import type { CountedLight, LightAppealGround, LightOutcome } from './contract.ts'
import { PARTY_RULES, STEP_RULES, UNMEASURED_STEPS, type FallenLight, type LightAppeal } from './light.ts'

/**
 * Announced red and black lights with the posts whose steps were open at the instant they fell, as rows of `fallen`. Left out: what an
 * extension or a resumption has taken back since (the clock's `announced` fell with it), an earlier fall of the same light, the light
 * of a limit so short that it is red from the start, and what no post was to do.
 */
const FALLEN = (where: string): string => `
select e.matter_id, e.clock_id, c.rule, e.light::text as light, e.due_on, e.at, t.id as task_id, t.step, t.role, t.organisation_id
  from clock.event e
  join clock.clock c on c.matter_id = e.matter_id and c.id = e.clock_id
  join flow.task t on t.matter_id = e.matter_id and t.opened_at <= e.at and (t.closed_at is null or t.closed_at > e.at)
 where ${where}
   and c.kind = 'case'
   and e.kind = 'announced'
   and e.light in ('red', 'black')
   and c.announced in ('black', e.light)
   and e.at > c.started_at
   and not exists (select from clock.event later where later.matter_id = e.matter_id and later.clock_id = e.clock_id and later.light = e.light and later.seq > e.seq)
   and t.role <> 'applicant'
   and t.step not in (${UNMEASURED_STEPS.map((step) => `'${step}'`).join(', ')})
   and t.step not like 'judgeLight%'
   and c.rule not in (${PARTY_RULES.map((rule) => `'${rule}'`).join(', ')})
   and case t.step ${Object.entries(STEP_RULES).map(([step, rule]) => `when '${step}' then c.rule = '${rule}'`).join(' ')} else c.rule not in (${Object.values(STEP_RULES).map((rule) => `'${rule}'`).join(', ')}) end`

interface FallenRow { readonly clock_id: string; readonly rule: string; readonly light: CountedLight; readonly due_on: CivilDay; readonly at: string | Date; readonly task_id: string; readonly step: string; readonly role: string; readonly organisation_id: string }
const fallenOf = (row: FallenRow): FallenLight => ({
  clock: row.clock_id, rule: row.rule, light: row.light, dueOn: row.due_on, fellOn: dayAt(new Date(row.at)), on: { task: row.task_id, step: row.step, role: row.role, organisationId: row.organisation_id },
})

/** The lights that fell in a case, in the order they fell. */
export async function fallenLights(db: Queryable, matterId: string): Promise<readonly FallenLight[]> {
  const rows = await db.prepared<FallenRow>('cases_fallen_lights', `${FALLEN('e.matter_id = $1')}\n order by e.at, e.seq, t.id`, [matterId])
  return rows.map(fallenOf)
}

export interface Holding { readonly organisationId: string; readonly role: string; readonly personId: string }
/** What an act on a light needs to know beyond the case: the lights, who holds the posts that took part, and which other post judges. */
export interface LightFacts { readonly fallen: readonly FallenLight[]; readonly holders: readonly Holding[]; readonly judges: readonly { readonly organisationId: string; readonly role: string }[]; readonly clockNames: Readonly<Record<string, Bilingual>> }

/** In one round trip. Chief representatives count among the holders of their organisation; posts that may judge come inspectors first. */
export async function readLightFacts(db: Queryable, matterId: string, today: CivilDay): Promise<LightFacts> {
  const [row] = await db.prepared<{ fallen: FallenRow[]; holders: Holding[]; judges: LightFacts['judges']; clock_names: LightFacts['clockNames'] }>('cases_light_facts', `
select (select coalesce(json_agg(f order by f.at, f.task_id), '[]') from (${FALLEN('e.matter_id = $1')}) f) as fallen,
       (select coalesce(json_agg(distinct jsonb_build_object('organisationId', p.organisation_id, 'role', p.role, 'personId', h.person_id)), '[]')
          from org.post p
          join org.holding h on h.post_id = p.id and $2::date >= h.valid_from and (h.valid_to is null or $2::date <= h.valid_to)
         where p.organisation_id in (select t.organisation_id from flow.task t where t.matter_id = $1)
           and $2::date >= p.valid_from and (p.valid_to is null or $2::date <= p.valid_to)) as holders,
       (select coalesce(json_agg(jsonb_build_object('organisationId', j.organisation_id, 'role', j.role) order by j.role <> 'inspector', j.code), '[]')
          from (select distinct on (p.organisation_id, p.role) p.organisation_id, p.role, p.code
                  from org.post p
                  join org.role r on r.code = p.role and 'cases.judgeLight' = any(r.permissions)
                  join org.holding h on h.post_id = p.id and $2::date >= h.valid_from and (h.valid_to is null or $2::date <= h.valid_to)
                 where $2::date >= p.valid_from and (p.valid_to is null or $2::date <= p.valid_to)
                 order by p.organisation_id, p.role, p.code) j) as judges,
       (select json_object_agg(c.id, json_build_object('zh', r.name_zh, 'en', r.name_en)) from clock.clock c join clock.rule r on r.code = c.rule and r.version = c.rule_version where c.matter_id = $1) as clock_names`, [matterId, today])
  return { fallen: row!.fallen.map(fallenOf), holders: row!.holders, judges: row!.judges, clockNames: row!.clock_names }
}

/** The appeal as lists read it, beside the case's own data. */
export function appealRow(matterId: string, appeal: LightAppeal): RowChange {
  const { against, decision } = appeal
  return { op: 'upsert', table: 'cases.light_appeal', key: ['matter_id', 'no'], row: {
    matter_id: matterId, no: appeal.no, clock_id: appeal.clock, rule: appeal.rule, light: appeal.light, due_on: appeal.dueOn, task_id: against.task, step: against.step, role: against.role, organisation_id: against.organisationId,
    ground: appeal.ground, appealed_on: appeal.appealedOn, judge_by: appeal.judgeBy, state: decision?.outcome ?? 'open', decided_on: decision?.on ?? null,
    to_task: decision?.to?.task ?? null, to_step: decision?.to?.step ?? null, to_role: decision?.to?.role ?? null, to_organisation: decision?.to?.organisationId ?? null,
  } }
}

export interface CountRow { readonly organisationId: string; readonly role: string; readonly step: string; readonly light: CountedLight; readonly procedureId: string | null; readonly procedureVersion: number | null; readonly fallen: number; readonly movedHere: number; readonly appealed: number; readonly withdrawn: number; readonly movedAway: number }

/** Lights that fell on the days from `from` to before `to`, by the post and step that bear them now. `organisationIds` null: all. */
export function countLights(db: Queryable, from: Date, to: Date, organisationIds: readonly string[] | null): Promise<CountRow[]> {
  return db.prepared<CountRow>('cases_count_lights', `
with fallen as (${FALLEN('e.at >= $1 and e.at < $2')}),
moved as (
  select a.matter_id, a.clock_id, a.light, a.due_on, a.to_task as task_id, a.to_step as step, a.to_role as role, a.to_organisation as organisation_id
    from cases.light_appeal a
   where a.state = 'moved'
     and (a.matter_id, a.clock_id, a.light, a.due_on) in (select f.matter_id, f.clock_id, f.light, f.due_on from fallen f)),
borne as (
  select matter_id, clock_id, light, due_on, task_id, step, role, organisation_id, false as moved_here from fallen
   union all
  select matter_id, clock_id, light, due_on, task_id, step, role, organisation_id, true from moved)
select b.organisation_id as "organisationId", b.role, b.step, b.light, min(m.procedure_id) as "procedureId", min(m.procedure_version) as "procedureVersion",
       count(*) filter (where not b.moved_here)::int as fallen, count(*) filter (where b.moved_here)::int as "movedHere", count(*) filter (where a.state = 'open')::int as appealed,
       count(*) filter (where a.state = 'withdrawn')::int as withdrawn, count(*) filter (where a.state = 'moved')::int as "movedAway"
  from borne b
  join flow.matter m on m.id = b.matter_id
  left join cases.light_appeal a on a.matter_id = b.matter_id and a.clock_id = b.clock_id and a.light = b.light and a.due_on = b.due_on and a.task_id = b.task_id
 where $3::uuid[] is null or b.organisation_id = any($3)
 group by b.organisation_id, b.role, b.step, b.light
 order by b.organisation_id, b.role, b.step, b.light`, [from, to, organisationIds])
}

export interface AppealListed {
  readonly caseNo: string; readonly no: number; readonly item: Bilingual; readonly rule: string; readonly light: CountedLight; readonly dueOn: CivilDay; readonly step: string; readonly role: string; readonly organisationId: string
  readonly ground: LightAppealGround; readonly appealedOn: CivilDay; readonly judgeBy: CivilDay; readonly state: 'open' | LightOutcome; readonly decidedOn: CivilDay | null; readonly procedureId: string | null; readonly procedureVersion: number | null
}

/** Appeals, open ones by the day they are to be judged, then judged ones the newest first. `organisationIds`: against lights on their posts; null: all. */
export async function listAppeals(db: Queryable, state: 'open' | 'judged', organisationIds: readonly string[] | null, limit: number, offset: number): Promise<{ appeals: AppealListed[]; total: number }> {
  const rows = await db.prepared<AppealListed & { total: number }>(`cases_light_appeals_${state}`, `
select m.no as "caseNo", a.no, m.data -> 'item' -> 'name' as item, a.rule, a.light, a.due_on as "dueOn", a.step, a.role, a.organisation_id as "organisationId", a.ground, a.appealed_on as "appealedOn", a.judge_by as "judgeBy",
       a.state, a.decided_on as "decidedOn", m.procedure_id as "procedureId", m.procedure_version as "procedureVersion", count(*) over ()::int as total
  from cases.light_appeal a
  join flow.matter m on m.id = a.matter_id
 where a.state ${state === 'open' ? '=' : '<>'} 'open'
   and ($1::uuid[] is null or a.organisation_id = any($1))
 order by ${state === 'open' ? 'a.judge_by' : 'a.decided_on desc'}, m.no, a.no
 limit $2 offset $3`, [organisationIds, limit, offset])
  return { appeals: rows, total: rows[0]?.total ?? 0 }
}
