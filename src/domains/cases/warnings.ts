import { dayAt } from '../../base/civil-day.ts'
import type { Announcement } from '../../kernel/clock/sweep.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import { insertRows } from '../../kernel/flow/insert-rows.ts'
import type { House } from '../../kernel/house.ts'
import { owe } from '../../kernel/notify/owe.ts'
import type { CaseData } from './case.ts'
import { DEFERRED_RULE } from './deferred.ts'
import { appealBy } from './lights/light.ts'
import { fallenLights } from './lights/store.ts'
import { ACCEPTANCE_RULES } from './limits.ts'
import { remindDeferred, remindRectification } from './notices.ts'

type Fallen = Pick<Announcement, 'matterId' | 'clockId' | 'rule' | 'light' | 'dueOn'> & { readonly at: Date }
interface WarnedMatter { readonly no: string; readonly organisationId: string; readonly partyIds: readonly string[]; readonly data: CaseData }

/** Warns who must act that a light fell; what is past due is no warning any more but a light that counts, told with the right of appeal. In the sweep's own transaction. */
export async function warnOf(house: House, tx: Queryable, batch: readonly Announcement[], now: Date): Promise<void> {
  for (const { at, ...announced } of batch) {
    const fallen = { ...announced, at: new Date(at) }
    if (announced.light === 'black') {
      await tellFallen(house, tx, fallen)
      continue
    }
    // An answer on acceptance is urged on days of work: the third day and the morning of the fifth, not the Saturday before.
    if (!isAcceptance(fallen.rule) || house.calendar().isWorking(dayAt(fallen.at))) await warn(house, tx, fallen, now)
  }
}

/** On the first working day after: lights of acceptance clocks that fell on days of rest and were not told. */
export async function warnAfterRest(house: House): Promise<void> {
  const now = house.time.now()
  if (!house.calendar().isWorking(dayAt(now))) return
  for (const fallen of await house.db.prepared<Fallen>('cases_untold_lights', UNTOLD, [[...ACCEPTANCE_RULES], now])) {
    await house.db.transaction((tx) => warn(house, tx, { ...fallen, at: now }, now))
  }
}

const isAcceptance = (rule: string): boolean => (ACCEPTANCE_RULES as readonly string[]).includes(rule)

/** Lights of the last fortnight (no stretch of rest is longer) of clocks still running, since which no warning of the case has named their day. */
const UNTOLD = `
select c.matter_id as "matterId", c.id as "clockId", c.rule, e.light, c.due_on as "dueOn"
  from clock.clock c
  join clock.event e on e.matter_id = c.matter_id and e.clock_id = c.id and e.kind = 'announced' and e.light in ('yellow', 'red')
 where c.rule = any($1)
   and c.stopped_on is null
   and c.due_at > $2::timestamptz
   and e.at > $2::timestamptz - interval '14 days'
   and not exists (select 1 from notify.message n where n.matter_id = c.matter_id and n.template = 'clockWarning' and n.created_at >= e.at and position(to_char(c.due_on, 'FMYYYY"年"FMMM"月"FMDD"日"') in n.subject_zh) > 0)
 order by e.at
 limit 500`

async function warn(house: House, tx: Queryable, { matterId, clockId, rule, light, at, dueOn }: Fallen, now: Date): Promise<void> {
  const [matter] = await tx.query<WarnedMatter>(MATTER, [matterId])
  if (!matter) return
  const key = `${matterId}:${clockId}:${light}:${dueOn}`
  const { name, article } = house.clockRule(rule)
  // The time for deferred materials is the applicant's own: she is warned first of all.
  if (rule === DEFERRED_RULE) await insertRows(tx, remindDeferred({ id: matterId, ...matter }, { key, dueOn, at }))
  if (rule === 'COMMIT.RECTIFY') await insertRows(tx, remindRectification({ id: matterId, ...matter }, { key, dueOn, at }))
  for (const personId of await whoMustAct(tx, matterId, now, isAcceptance(rule) ? matter.organisationId : null)) {
    await insertRows(tx, owe({ key, to: { personId }, template: 'clockWarning', slots: { item: matter.data.item?.name ?? { zh: '', en: '' }, rule: name, article, by: dueOn } as never, matter: { id: matterId, no: matter.no }, at }))
  }
}

/** A black light on a post is told to each of its holders: it counts against the post from now on, and there is an appeal (practice 24). */
async function tellFallen(house: House, tx: Queryable, { matterId, clockId, rule, light, dueOn, at }: Fallen): Promise<void> {
  const lights = (await fallenLights(tx, matterId)).filter((one) => one.clock === clockId && one.light === light)
  if (lights.length === 0) return
  const [matter] = await tx.query<WarnedMatter>(MATTER, [matterId])
  const { name, article } = house.clockRule(rule)
  const slots = { item: matter!.data.item.name, rule: name, article, by: dueOn, until: appealBy(dayAt(at), house.calendar()) }
  for (const { on } of lights) {
    for (const { person_id } of await tx.query<{ person_id: string }>(HOLDERS, [on.organisationId, on.role, dayAt(at)])) {
      await insertRows(tx, owe({ key: `${matterId}:${clockId}:${light}:${dueOn}`, to: { personId: person_id }, template: 'lightFell', slots: slots as never, matter: { id: matterId, no: matter!.no }, at }))
    }
  }
}

const MATTER = 'select no, organisation_id as "organisationId", party_ids as "partyIds", data from flow.matter where id = $1'
const HOLDERS = `
select distinct h.person_id
  from org.post p
  join org.holding h on h.post_id = p.id and h.valid_from <= $3::date and (h.valid_to is null or h.valid_to >= $3::date)
 where p.organisation_id = $1 and p.role = $2
 limit 20`

/** Who has the case's open tasks and, of the organisation given, its chief representatives. */
export const whoMustAct = async (tx: Queryable, matterId: string, now: Date, chiefsOf: string | null): Promise<string[]> =>
  (await tx.query<{ person_id: string }>(WHO_MUST_ACT, [matterId, now, chiefsOf])).map(({ person_id }) => person_id)

/**
 * Holders of the posts whose tasks on the matter are open, and whoever claimed one; beside them the chief representatives of the
 * organisation given: of an answer on acceptance both the clerk and the chief are warned (practice 3).
 */
const WHO_MUST_ACT = `
select distinct coalesce(t.claimed_by, h.person_id) as person_id
  from flow.task t
  left join org.post p on p.organisation_id = t.organisation_id and p.role = t.role
  left join org.holding h on h.post_id = p.id and h.valid_from <= ($2::timestamptz at time zone 'Asia/Shanghai')::date and (h.valid_to is null or h.valid_to >= ($2::timestamptz at time zone 'Asia/Shanghai')::date)
 where t.matter_id = $1 and t.state in ('open', 'claimed') and t.step not like 'judgeLight%' and coalesce(t.claimed_by, h.person_id) is not null
union
select h.person_id
  from org.post p
  join org.holding h on h.post_id = p.id and h.valid_from <= ($2::timestamptz at time zone 'Asia/Shanghai')::date and (h.valid_to is null or h.valid_to >= ($2::timestamptz at time zone 'Asia/Shanghai')::date)
 where p.organisation_id = $3::uuid and p.role = 'chief'
 limit 20`
