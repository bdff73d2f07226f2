import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { town, type Town } from '../../../../tests/town.ts'
import { ANONYMOUS } from '../../../kernel/access/types.ts'
import { caseView } from '../view.ts'
import { fireTimers } from '../sweep.ts'

// The window of the town's item is March, the 1st and the 31st included. Fifteen working days after Tuesday 31 March 2026:
// 1–3 April: 3; 7–10: 7 (4–6 off); 13–17: 12; 20, 21, 22: fifteen.
let t: Town
beforeAll(async () => { t = await town() })
afterAll(() => t?.close())
const liveOf = async (no: string) => {
  const { matter } = await t.see(no)
  return t.house.procedures.get(matter.procedure!.id, matter.procedure!.version).net.liveSteps(matter.procedure!.state)
}
const fireAt = (day: string, time?: string) => { t.on(day, time); return fireTimers(t.house) }

async function accepted(): Promise<string> {
  t.on('2026-03-10')
  const no = await t.submit('windows')
  t.on('2026-03-12')
  await t.act(no, 'accept', 'clerk')
  return no
}

describe('an item taken in windows', () => {
  test('waits for the last day of the window, visibly and as nobody’s task, then moves on by the system', async () => {
    const no = await accepted()
    expect(await liveOf(no)).toEqual(['windowClose'])
    const { matter, clocks, tasks } = await t.see(no)
    expect(tasks.filter((task) => task.state === 'open')).toEqual([])
    expect(caseView(t.house, { matter, clocks, tasks, history: [], papers: [] }, ANONYMOUS).waits).toEqual([{ step: 'windowClose', name: { zh: '等待受理窗口截止', en: 'Waiting for the window to close' }, until: '2026-03-31' }])
    expect(await t.refused(t.act(no, 'review', 'reviewer', { opinion: '可' }))).toBe('flow/not-this-step')
    expect(await fireAt('2026-03-31', '23:59')).toBe(0)
    expect(await fireAt('2026-04-01', '00:00')).toBe(1)
    expect(await liveOf(no)).toEqual(['review'])
    expect(await fireAt('2026-04-01', '00:01')).toBe(0)
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-31', dueOn: '2026-04-22' })
    expect(await t.refused(t.act(no, 'review', 'reviewer', { opinion: '可' }))).toBe('done')
  })

  test('after a downtime over the close it moves on all the same, and the decision has counted since the close', async () => {
    const no = await accepted()
    expect(await fireAt('2026-04-20')).toBe(1)
    expect(await liveOf(no)).toEqual(['review'])
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-31', dueOn: '2026-04-22' })
  })

  test('corrected after the close it is still of its window, and waits for nothing more', async () => {
    t.on('2026-03-30')
    const no = await t.submit('windows')
    await t.act(no, 'requestSupplement', 'clerk', { defects: [{ materialId: 'plan', what: '缺页' }] })
    t.on('2026-04-02')
    await t.act(no, 'supplement', 'applicant', { materials: [{ materialId: 'plan', form: 'electronic' }] })
    t.on('2026-04-03')
    await t.act(no, 'accept', 'clerk')
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-31', dueOn: '2026-04-22' })
    expect(await fireAt('2026-04-03', '09:01')).toBe(1)
    expect(await liveOf(no)).toEqual(['review'])
  })

  test('withdrawn before the close nothing of it is left to fire', async () => {
    const no = await accepted()
    await t.act(no, 'withdraw', 'applicant', {})
    expect(await fireAt('2026-04-01')).toBe(0)
    expect((await t.see(no)).matter.stage).toBe('withdrawn')
    expect(await t.db.query(`select 1 from flow.timer t join flow.matter m on m.id = t.matter_id where m.no = $1 and t.due_at < 'infinity'`, [no])).toEqual([])
  })
})
