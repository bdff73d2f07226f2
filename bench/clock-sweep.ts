import { addDays, startOfDay, type CivilDay } from '../src/base/civil-day.ts'
import { buildCalendar } from '../src/kernel/calendar/build.ts'
import { startClock } from '../src/kernel/clock/clock.ts'
import { ruleBook } from '../src/kernel/clock/rule-store.ts'
import { CLOCK_RULES } from '../src/kernel/clock/rules.ts'
import { sweep } from '../src/kernel/clock/sweep.ts'
import { fill, seconds, withClockTown } from './clock-town.ts'

const SIZES = [10_000, 100_000, 1_000_000]
const DUE = 100
const ROUNDS = 15

/** G7: what a sweep costs when the same hundred lights fall among ten thousand, a hundred thousand, a million open clocks. */
export async function run() {
  const calendar = buildCalendar()
  const ruleOf = ruleBook(CLOCK_RULES)
  const notice = ruleOf('LIC.CORRECTION_NOTICE')
  const start = '2026-03-02' as CivilDay
  // One hundred clocks a day turn yellow for weeks; everybody else began in the autumn and is far from any light.
  const due = Array.from({ length: ROUNDS }, (_, i) => startClock(notice, { on: addDays(start, i * 7) }, calendar))
  const rest = Array.from({ length: 60 }, (_, i) => startClock(ruleOf('LIC.DECIDE'), { on: addDays('2026-09-01' as CivilDay, i) }, calendar))

  return withClockTown(async (db, admin) => {
    const figures: Record<string, number | string> = {}
    const medians: number[] = []
    for (const size of SIZES) {
      await admin.query('truncate clock.clock, clock.event')
      await fill(admin, due, DUE * ROUNDS)
      await fill(admin, rest, size - DUE * ROUNDS)
      await admin.query('vacuum analyze clock.clock')
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        // Day by day past the whole week's clock: three lights each for the round's hundred.
        const instant = startOfDay(addDays(start, round * 7 + 8))
        let announced = 0
        const time = await seconds(async () => { announced = (await sweep(db, instant, calendar, ruleOf)).length })
        if (announced < DUE) throw new Error(`round ${round}: ${announced} lights announced`)
        if (round >= 3) times.push(time)
      }
      const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]! * 1000
      medians.push(median)
      figures[`sweep of ${DUE} clocks among ${size}, ms`] = Math.round(median * 100) / 100
    }
    const ratio = medians.at(-1)! / medians[0]!
    return { name: 'clock-sweep', figures, goals: [{ goal: 'G7 time(10⁶) ≤ 1.5 × time(10⁴)', ok: ratio <= 1.5, detail: `${ratio.toFixed(2)} ×` }] }
  })
}
