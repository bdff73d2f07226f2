import { afterAll, beforeAll, expect, test } from 'vitest'
import { town, type Town } from '../../../tests/town.ts'
import { audit } from './audit.ts'
import { importCalendar } from './import-calendar.ts'

let t: Town
beforeAll(async () => { t = await town() })
afterAll(() => t?.close())

// 15 December 2026 is a Tuesday. Twenty working days on by the statutory days alone: 16–18, 21–25, 28–31 December are twelve,
// 1 January is off, 4–8 January make seventeen, 11, 12, 13 January twenty. A notice that gives Monday 4 January off moves it to the 14th.
const off = (date: string, name: string) => ({ name, date, isOffDay: true })
const NOTICE_2027 = JSON.stringify({
  year: 2027, papers: ['https://www.gov.cn/zhengce/demo-2027.htm'],
  days: [
    off('2027-01-01', '元旦'), off('2027-01-02', '元旦'), off('2027-01-03', '元旦'), off('2027-01-04', '元旦'),
    off('2027-02-05', '春节'), off('2027-02-06', '春节'), off('2027-02-07', '春节'), off('2027-02-08', '春节'),
    off('2027-04-05', '清明节'), off('2027-05-01', '劳动节'), off('2027-05-02', '劳动节'), off('2027-06-09', '端午节'), off('2027-09-15', '中秋节'),
    off('2027-10-01', '国庆节'), off('2027-10-02', '国庆节'), off('2027-10-03', '国庆节'),
  ],
})

test('a notice re-dates open clocks by a recorded act, and history still folds', async () => {
  t.on('2026-12-15')
  const no = await t.submit('licence')
  await t.act(no, 'accept', 'clerk')
  const before = (await t.see(no)).clocks.find((clock) => clock.rule === 'LIC.DECIDE')!
  expect(before).toMatchObject({ dueOn: '2027-01-13', provisional: true })

  const answer = await importCalendar(t.house, NOTICE_2027)
  expect(answer).toMatchObject({ year: 2027, days: 16 })
  expect((await t.see(no)).clocks.find((clock) => clock.rule === 'LIC.DECIDE')).toMatchObject({ dueOn: '2027-01-14', provisional: false })

  const [entry] = await t.db.query<{ leaf: string }>(`select leaf from ledger.entry where act = 'calendar.imported'`)
  expect(JSON.parse(entry!.leaf)).toMatchObject({ act: 'calendar.imported', ground: '国务院办公厅关于2027年部分节假日安排的通知', public: { year: 2027, days: 16, horizon: '2027-12-31' } })
  const [event] = await t.db.query(`select kind, previous_due_on, due_on from clock.event where clock_id = 'LIC.DECIDE' and kind = 'redated'`)
  expect(event).toMatchObject({ previous_due_on: '2027-01-13', due_on: '2027-01-14' })
  expect((await audit(t.db)).differences).toEqual([])
})
