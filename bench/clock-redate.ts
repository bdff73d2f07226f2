import { addDays, type CivilDay } from '../src/base/civil-day.ts'
import { SHIPPED_YEARS } from '../src/kernel/calendar/announced.ts'
import { buildCalendar } from '../src/kernel/calendar/build.ts'
import { startClock } from '../src/kernel/clock/clock.ts'
import { redateOpenClocks } from '../src/kernel/clock/redate.ts'
import { ruleBook } from '../src/kernel/clock/rule-store.ts'
import { CLOCK_RULES } from '../src/kernel/clock/rules.ts'
import { fill, seconds, withClockTown } from './clock-town.ts'

const CLOCKS = Number(process.env.MINGTANG_BENCH_CLOCKS ?? 1_000_000)

/**
 * G8: a notice comes in November and every open clock is counted again, in batches, with an event for each whose day moved. The limit is
 * one UPDATE … FROM a table of days over the same rows, in one transaction, that knows no rules, no lights and no suspensions.
 */
export async function run() {
  const before = buildCalendar()
  const ruleOf = ruleBook(CLOCK_RULES)
  const off = (text: string, isOff = true) => ({ day: text as CivilDay, off: isOff, name: { zh: '元旦', en: 'New Year' } })
  const notice = { year: 2027, source: '国务院办公厅关于2027年部分节假日安排的通知', days: [off('2026-12-31'), off('2027-01-01'), off('2026-12-27', false)] }
  const after = buildCalendar([...SHIPPED_YEARS, notice], before.version + 1)
  // Clocks opened over the eleven weeks before the notice, still open: a fifth reach past 20 December.
  const codes = ['LIC.CORRECTION_NOTICE', 'LIC.DECIDE', 'LIC.DECIDE', 'LIC.DELIVER', 'LIC.JOINT']
  const states = codes.flatMap((code) => Array.from({ length: 77 }, (_, i) => startClock(ruleOf(code), { on: addDays('2026-09-05' as CivilDay, i) }, before)))

  return withClockTown(async (db, admin) => {
    await fill(admin, states, CLOCKS)
    await admin.query(`
      create table clock.plain (like clock.clock including all) with (fillfactor = 80);
      insert into clock.plain select * from clock.clock;
      create table clock.day as select d::date as day, (d + interval '1 day')::date as next from generate_series(date '2026-01-01', '2027-12-31', '1 day') d`)
    await admin.query('vacuum analyze clock.clock')
    await admin.query('vacuum analyze clock.plain')
    await admin.query('analyze clock.day')

    const plain = await seconds(() => admin.query(`
      update clock.plain c
      set due_on = d.next, due_at = due_at + interval '1 day', next_at = next_at + interval '1 day', calendar_version = 2
      from clock.day d
      where d.day = c.due_on
        and c.stopped_on is null`))
    let moved = 0
    const options = { instant: new Date('2026-11-22T09:00:00+08:00'), noticeSource: notice.source, changesFrom: '2026-12-01' as CivilDay }
    const ours = await seconds(async () => { moved = await redateOpenClocks(db, after, ruleOf, options) })
    const left = await admin.query<{ n: number }>('select count(*)::int as n from clock.clock where calendar_version < 2')
    const ratio = ours / plain
    return {
      name: 'clock-redate',
      figures: {
        'open clocks': CLOCKS, 'moved or made certain': moved, 'left behind': left[0]!.n, 'one plain UPDATE, s': Math.round(plain * 100) / 100,
        're-dating, s': Math.round(ours * 100) / 100, 're-dating, µs per clock': Math.round((ours / CLOCKS) * 1e7) / 10,
      },
      goals: [{ goal: 'G8 re-dating ≤ 2 × one plain UPDATE', ok: ratio <= 2 && left[0]!.n === 0, detail: `${ratio.toFixed(2)} ×` }],
    }
  })
}
