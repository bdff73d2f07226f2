import chineseDays from 'chinese-days'
import { fromDayNumber, toDayNumber, type CivilDay } from '../src/base/civil-day.ts'
import { buildCalendar } from '../src/kernel/calendar/build.ts'

/**
 * G9: "twenty working days after a day". The limit is a bare prefix-sum array over integer days; the peer is chinese-days on ISO texts.
 * Speed without a calendar is void, so every answer is compared first.
 */
export async function run() {
  const calendar = buildCalendar()
  const first = toDayNumber('2019-01-01' as CivilDay)
  const size = toDayNumber('2026-12-31' as CivilDay) - first + 1
  const prefix = new Int32Array(size)
  const nth = new Int32Array(size + 1)
  let total = 0
  for (let i = 0; i < size; i += 1) {
    if (calendar.isWorking(fromDayNumber(first + i))) nth[++total] = first + i
    prefix[i] = total
  }
  const bare = (day: number) => nth[prefix[day - first]! + 20]!

  // Days of 2019–2025 in a fixed shuffle, so that no run is luckier than another.
  const span = toDayNumber('2025-11-30' as CivilDay) - first
  const days = Int32Array.from({ length: 4096 }, (_, i) => first + ((i * 7919) % span))
  const texts = Array.from(days, fromDayNumber)

  let wrong = 0
  for (let day = first; day <= first + span; day += 1) {
    const text = fromDayNumber(day)
    const ours = calendar.addWorkingDays(text, 20).day
    if (toDayNumber(ours) !== bare(day) || calendar.addWorkingDaysN(day, 20) !== bare(day)) wrong += 1
  }
  for (const text of texts.slice(0, 400)) if (chineseDays.findWorkday(20, text) !== calendar.addWorkingDays(text, 20).day) wrong += 1

  // All before any counts: a loop that has met only one of them has it inlined, and the others never are.
  for (const work of [(i: number) => bare(days[i & 4095]!), (i: number) => calendar.addWorkingDaysN(days[i & 4095]!, 20), (i: number) => texts[i & 4095]!.length]) rate(200_000, work)

  const best = { bare: 0, integer: 0, iso: 0, chineseDays: 0 }
  for (let round = 0; round < 7; round += 1) {
    best.bare = Math.max(best.bare, rate(4_000_000, (i) => bare(days[i & 4095]!)))
    best.integer = Math.max(best.integer, rate(4_000_000, (i) => calendar.addWorkingDaysN(days[i & 4095]!, 20)))
    best.iso = Math.max(best.iso, rate(200_000, (i) => calendar.addWorkingDays(texts[i & 4095]!, 20).day.length))
    best.chineseDays = Math.max(best.chineseDays, rate(1_500, (i) => chineseDays.findWorkday(20, texts[i & 4095]!).length))
  }
  const [integer, iso] = [best.integer / best.bare, best.iso / best.chineseDays]
  return {
    name: 'calendar',
    figures: {
      'bare array, integer days, per s': Math.round(best.bare), 'addWorkingDaysN, per s': Math.round(best.integer),
      'addWorkingDays (ISO), per s': Math.round(best.iso), 'chinese-days findWorkday (ISO), per s': Math.round(best.chineseDays), 'wrong days': wrong,
    },
    goals: [
      { goal: 'G9 integer API ≥ 0.25 × bare prefix-sum array', ok: integer >= 0.25, detail: `${integer.toFixed(2)} ×` },
      { goal: 'G9 ISO API ≥ 30 × chinese-days', ok: iso >= 30, detail: `${iso.toFixed(0)} ×` },
      { goal: 'G9 no wrong day', ok: wrong === 0, detail: `${wrong} of ${span + 401}` },
    ],
  }
}

let sink = 0
function rate(times: number, work: (i: number) => number): number {
  const start = performance.now()
  for (let i = 0; i < times; i += 1) sink ^= work(i)
  const seconds = (performance.now() - start) / 1000
  if (sink === 0.5) throw new Error('never: keeps the loop from being optimised away')
  return times / seconds
}
