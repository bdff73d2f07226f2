import { dayAt, type CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import { insertRows } from '../../kernel/flow/insert-rows.ts'
import type { House } from '../../kernel/house.ts'
import { owe } from '../../kernel/notify/owe.ts'
import { PAPERS } from './documents.ts'
import { whoMustAct } from './warnings.ts'

/** Papers from whose service days run, by the step of the task to serve them. */
const TO_SERVE: Readonly<Record<string, Bilingual>> = { serveOrder: PAPERS.rectificationOrder.name, serveNotice: PAPERS.annulmentNotice.name }

interface Unserved { readonly matterId: string; readonly no: string; readonly organisationId: string; readonly item: Bilingual; readonly taskId: string; readonly step: string; readonly dueOn: CivilDay }

/**
 * A paper not served within the days of its task: whoever must serve it, whoever waits for it and the chief hear of it once, on a day
 * of work. The task stays until it is served.
 */
export async function warnUnserved(house: House): Promise<void> {
  const now = house.time.now()
  if (!house.calendar().isWorking(dayAt(now))) return
  const steps = Object.keys(TO_SERVE)
  const centre = house.organisations.centreId()
  const places = centre === null ? house.organisations.all().map(({ id }) => id) : [centre]
  for (const { matterId, no, organisationId, item, taskId, step, dueOn } of await house.db.prepared<Unserved>('cases_unserved_overdue', UNSERVED, [steps, steps.map((step) => TO_SERVE[step]!.zh), dayAt(now), places])) {
    await house.db.transaction(async (tx) => {
      for (const personId of await whoMustAct(tx, matterId, now, organisationId)) {
        await insertRows(tx, owe({ key: `${taskId}:unserved`, to: { personId }, template: 'serviceOverdue', slots: { item, paper: TO_SERVE[step]!, by: dueOn } as never, matter: { id: matterId, no }, at: now }))
      }
    })
  }
}

const UNSERVED = `
select t.matter_id as "matterId", m.no, m.organisation_id as "organisationId", m.data -> 'item' -> 'name' as item, t.id as "taskId", t.step, t.due_on as "dueOn"
  from flow.task t
  join unnest($1::text[], $2::text[]) as p (step, paper) on p.step = t.step
  join flow.matter m on m.id = t.matter_id
 where t.state in ('open', 'claimed')
   and t.organisation_id = any($4::uuid[])
   and t.role = 'dispatcher'
   and t.due_on < $3::date
   and not exists (select 1 from notify.message n where n.matter_id = t.matter_id and n.template = 'serviceOverdue' and n.created_at >= t.opened_at and position(p.paper in n.subject_zh) > 0)
 order by t.due_on, t.id
 limit 500`
