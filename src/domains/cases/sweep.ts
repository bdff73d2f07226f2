import { sweep } from '../../kernel/clock/sweep.ts'
import { Refusal } from '../../base/refusal.ts'
import type { House } from '../../kernel/house.ts'
import { owe } from '../../kernel/notify/owe.ts'
import { insertRows } from '../../kernel/flow/insert-rows.ts'

/**
 * Announces lights that fell, warns those who must act, and lets the law take its course where a rule deems something: an act of
 * its own, by the system, once. Whatever a crash left between light and act is found again by the next run.
 */
export async function sweepCases(house: House): Promise<number> {
  const now = house.time.now()
  const announced = await sweep(house.db, now, house.calendar(), house.clockRule, {
    onRung: async (batch, tx) => {
      for (const { matterId, clockId, rule, light, at, dueOn } of batch) {
        if (light === 'black') continue
        const [matter] = await tx.query<{ no: string; organisation_id: string; data: { item?: { name: { zh: string; en: string } } } }>('select no, organisation_id, data from flow.matter where id = $1', [matterId])
        const holders = matter ? await tx.query<{ person_id: string }>(WHO_MUST_ACT, [matterId, now]) : []
        const { name, article } = house.clockRule(rule)
        for (const { person_id } of holders) {
          await insertRows(tx, owe({ key: `${matterId}:${clockId}:${light}:${dueOn}`, to: { personId: person_id }, template: 'clockWarning', slots: { item: matter!.data.item?.name ?? { zh: '', en: '' }, rule: name, article, by: dueOn } as never, matter: { id: matterId, no: matter!.no }, at: new Date(at) }))
        }
      }
    },
  })
  await deem(house)
  return announced.length
}

/** Holders of the posts whose tasks on the matter are open, and whoever claimed one. */
const WHO_MUST_ACT = `
select distinct coalesce(t.claimed_by, h.person_id) as person_id
  from flow.task t
  left join org.post p on p.organisation_id = t.organisation_id and p.role = t.role
  left join org.holding h on h.post_id = p.id and h.valid_from <= ($2::timestamptz at time zone 'Asia/Shanghai')::date and (h.valid_to is null or h.valid_to >= ($2::timestamptz at time zone 'Asia/Shanghai')::date)
 where t.matter_id = $1 and t.state in ('open', 'claimed') and coalesce(t.claimed_by, h.person_id) is not null
 limit 10`

/** Clocks past their end whose rule deems the application accepted (行政许可法 32(4), 不动产登记暂行条例 17). */
async function deem(house: House): Promise<void> {
  const due = await house.db.prepared<{ no: string }>('cases_to_deem', `
select m.no
  from clock.clock c
  join flow.matter m on m.id = c.matter_id
 where c.rule in ('LIC.CORRECTION_NOTICE', 'REALTY.ON_SPOT') and c.stopped_on is null and c.due_at <= $1 and m.stage = 'submitted' and m.closed_at is null
 order by c.due_at
 limit 500`, [house.time.now()])
  for (const { no } of due) {
    try {
      await house.flow.perform(no, null, { caller: { kind: 'system' }, act: 'deemAccepted', input: {}, channel: 'system' })
    } catch (error) {
      // An officer was faster by a moment: the next look finds what is left.
      if (!(error instanceof Refusal)) throw error
      house.log(`${no}: ${error.code}`)
    }
  }
}

/** Timers of procedures that have come: the system passes them on. */
export async function fireTimers(house: House): Promise<number> {
  const due = await house.db.prepared<{ no: string; step: string }>('flow_timers_due', `
select m.no, t.step
  from flow.timer t
  join flow.matter m on m.id = t.matter_id
 where t.due_at <= $1
 order by t.due_at
 limit 500`, [house.time.now()])
  for (const { no, step } of due) await house.flow.perform(no, null, { caller: { kind: 'system' }, act: 'timerElapsed', input: { step }, channel: 'system' })
  return due.length
}
