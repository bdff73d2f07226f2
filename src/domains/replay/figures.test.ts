import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../kernel/db/root.ts'
import { replayFile } from './commands.ts'
import type { LogMetrics } from './metrics.ts'

const folder = join(process.env.MINGTANG_SHARED ?? join(packageRoot(), '../shared'), 'data/eventlogs')
const there = existsSync(folder)
if (!there) console.warn(`skipped: no event logs at ${folder}`)

/** The figures of the expectation under our names; everything it says is asked for. */
interface Expected {
  readonly cases: number; readonly events: number; readonly activities: number; readonly resources: number; readonly variants: number; readonly top_variant_cases: number
  readonly start_activities: object; readonly end_activities: object; readonly activity_counts: object; readonly duration_days: object; readonly first: string; readonly last: string
  readonly case_deadlines?: { readonly has_deadline: number; readonly has_enddate: number; readonly no_enddate_with_deadline: number; readonly ended_on_or_before_deadline: number; readonly ended_after_deadline: number }
  readonly channel?: object; readonly department?: object; readonly deadline_minus_start_days?: object
}
const expected = (name: string): Expected => (JSON.parse(readFileSync(join(folder, 'expected_metrics.json'), 'utf8')) as Record<string, Expected>)[name]!

describe.skipIf(!there)('real event logs', () => {
  test.each(['receipt.csv', 'roadtraffic100traces.csv'])('%s gives every figure that was computed for it elsewhere', async (name) => {
    const said = expected(name)
    const found = await replayFile(join(folder, name))
    const { case_deadlines: due, channel, department, deadline_minus_start_days: given } = said
    expect(found).toMatchObject({
      cases: said.cases, events: said.events, activities: said.activities, resources: said.resources, variants: said.variants, topVariantCases: said.top_variant_cases, first: said.first, last: said.last,
      deadlines: due ? { onTime: due.ended_on_or_before_deadline, late: due.ended_after_deadline, open: due.no_enddate_with_deadline } : null,
      ...(due ? { casesWithDeadline: due.has_deadline, casesWithEnd: due.has_enddate } : {}),
      // Of the days only the eight most frequent are given.
      ...(given ? { deadlineMinusStartDays: given } : {}),
    })
    // These are whole: nothing more and nothing less.
    expect(found.startActivities).toEqual(said.start_activities)
    expect(found.endActivities).toEqual(said.end_activities)
    expect(found.activityCounts).toEqual(said.activity_counts)
    expect(found.durationDays).toEqual(said.duration_days)
    expect(found.channels).toEqual(channel)
    expect(found.departments).toEqual(department)
  })

  // Counted with grep, awk, sort and date over the file, without our reader: `grep -c '<event>'`, names of events by
  // `awk '/<event>/{e=1} /<\/event>/{e=0} e&&/concept:name/' | sort | uniq -c`, traces joined to one line by awk for variants, first and
  // last names, and (max − min of `date -d`) / 86400 for days. Sum of days 22,164 over 51 traces; all times are midnights without offset.
  test('roadtraffic50traces.xes gives the figures counted by hand', async () => {
    expect(await replayFile(join(folder, 'roadtraffic50traces.xes'))).toEqual({
      cases: 51, events: 201, activities: 8, resources: 4, variants: 6, topVariantCases: 22,
      startActivities: { 'Create Fine': 51 },
      endActivities: { 'Send for Credit Collection': 22, Payment: 21, 'Send Fine': 7, 'Send Appeal to Prefecture': 1 },
      activityCounts: { 'Create Fine': 51, 'Send Fine': 39, 'Insert Fine Notification': 32, 'Add penalty': 32, Payment: 23, 'Send for Credit Collection': 22, 'Insert Date Appeal to Prefecture': 1, 'Send Appeal to Prefecture': 1 },
      durationDays: { median: 550, mean: 434.5882, max: 971 },
      first: '2006-07-24T00:00:00.000Z', last: '2009-03-30T00:00:00.000Z', deadlines: null,
    } satisfies LogMetrics)
  })
})
