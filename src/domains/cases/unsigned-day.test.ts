import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { town, type Town } from '../../../tests/town.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import { insertRows } from '../catalog/demo/sql.ts'
import { saveNotice, signOff } from './day-store.ts'
import { sweepCases } from './sweep.ts'

// 2026: Monday 2 March; Friday 3 April, then Qingming 4–6 April (Saturday to Monday), worked again on Tuesday 7 April.
let t: Town
let post: string
beforeAll(async () => {
  t = await town()
  post = (await t.db.query<{ id: string }>(`select id from org.post where organisation_id = $1 and role = 'clerk'`, [t.organisations.centre]))[0]!.id
})
beforeEach(async () => {
  await t.admin.query('truncate cases.unsigned_day, cases.sign_off')
  await t.admin.query(`delete from notify.delivery where message_id in (select id from notify.message where template = 'dayUnsigned')`)
  await t.admin.query(`delete from notify.message where template = 'dayUnsigned'`)
})
afterAll(() => t?.close())

const sweepOn = async (day: string, time?: string): Promise<void> => { t.on(day, time); await sweepCases(t.house) }
const sign = (day: string, name: 'clerk' | 'sealkeeper' = 'clerk') => signOff(t.db, { postIds: [post], personId: t.persons[name], day: day as CivilDay, at: new Date(`${day}T17:30:00+08:00`), holds: 0, unserved: 0 })
/** Of whom, of which day, dated when. */
const told = async () => (await t.db.query<{ who: string; subject: string; at: string }>(`
select o.name_en as who, m.subject_zh as subject, to_char(m.created_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as at
  from notify.message m
  join org.person o on o.id = m.person_id
 where m.template = 'dayUnsigned'
 order by m.created_at, o.name_en`)).map(({ who, subject, at }) => `${who}: ${subject.split('没有')[0]}, ${at}`)

describe('a working day that ended without sign-off', () => {
  test('is told to clerk and chief on the next working morning, not before half past eight, once', async () => {
    await sweepOn('2026-03-03', '08:29')
    expect(await told()).toEqual([])
    await sweepOn('2026-03-03', '08:30')
    expect(await told()).toEqual(['chief: 2026年3月2日, 03-03 08:30', 'clerk: 2026年3月2日, 03-03 08:30'])
    await Promise.all([sweepOn('2026-03-03', '17:00'), sweepCases(t.house)])
    expect(await told()).toHaveLength(2)
  })

  test('signed off, nobody is told; and the day after that is looked at for itself', async () => {
    await sign('2026-03-02')
    await sweepOn('2026-03-03')
    expect(await told()).toEqual([])
    await sweepOn('2026-03-04')
    expect(await told()).toEqual(['chief: 2026年3月3日, 03-04 08:30', 'clerk: 2026年3月3日, 03-04 08:30'])
  })

  test('of a Friday is told on Monday, of the eve of a holiday on the first day of work after it, never on a day of rest', async () => {
    await sign('2026-03-02')
    await sweepOn('2026-03-03')
    for (const day of ['2026-03-03', '2026-03-04', '2026-03-05']) await sign(day)
    await sweepOn('2026-03-06')
    await sweepOn('2026-03-07')
    await sweepOn('2026-03-08', '12:00')
    expect(await told()).toEqual([])
    await sweepOn('2026-03-09')
    expect(await told()).toEqual(['chief: 2026年3月6日, 03-09 08:30', 'clerk: 2026年3月6日, 03-09 08:30'])
  })

  test('of the eve of Qingming is told on the seventh of April', async () => {
    await sign('2026-04-02')
    await sweepOn('2026-04-03')
    for (const day of ['2026-04-04', '2026-04-05', '2026-04-06']) await sweepOn(day, '10:00')
    expect(await told()).toEqual([])
    await sweepOn('2026-04-07')
    expect(await told()).toEqual(['chief: 2026年4月3日, 04-07 08:30', 'clerk: 2026年4月3日, 04-07 08:30'])
  })

  test('after a downtime each day follows in its order, as it would have been told', async () => {
    await sign('2026-03-04')
    await sweepOn('2026-03-05')
    await sign('2026-03-06')
    // Nothing ran from Friday 6 to Tuesday 10: Thursday 5, Friday 6 (signed), Monday 9.
    await sweepOn('2026-03-10', '14:00')
    expect(await told()).toEqual(['chief: 2026年3月5日, 03-06 08:30', 'clerk: 2026年3月5日, 03-06 08:30', 'chief: 2026年3月9日, 03-10 08:30', 'clerk: 2026年3月9日, 03-10 08:30'])
  })

  test('a holder on leave owed nothing; her B, who stood in, did, and either one’s signature is the post’s', async () => {
    await insertRows(t.admin, 'org.holding', [{ id: randomUUID(), post_id: post, person_id: t.persons.sealkeeper, cover: 'B', valid_from: '2020-01-01', valid_to: null }])
    await insertRows(t.admin, 'org.leave', [{ id: randomUUID(), person_id: t.persons.clerk, kind: 'annual', valid_from: '2026-03-11', valid_to: '2026-03-12' }])
    await sweepOn('2026-03-12')
    expect(await told()).toEqual(['chief: 2026年3月11日, 03-12 08:30', 'sealkeeper: 2026年3月11日, 03-12 08:30'])
    await sign('2026-03-12', 'sealkeeper')
    await sweepOn('2026-03-13')
    expect(await told()).toHaveLength(2)
  })

  test('the message says which post, how many notices lie ticked and unsent, and what silence brings', async () => {
    t.on('2026-03-16')
    const no = await t.submit('plain')
    const { matter } = await t.see(no)
    await saveNotice(t.db, { matterId: matter.id, postId: post, personId: t.persons.clerk, version: 0, defects: [{ materialId: 'plan', field: null, what: '缺页' }], remarks: '', at: new Date('2026-03-16T16:00:00+08:00') })
    await sweepOn('2026-03-17')
    const [message] = await t.db.query<{ subject_en: string; body_zh: string; body_en: string }>(`select subject_en, body_zh, body_en from notify.message where template = 'dayUnsigned' and person_id = $1`, [t.persons.clerk])
    expect(message).toEqual({
      subject_en: 'Posts that did not sign 16 Mar 2026 off: 1',
      body_zh: '区政务服务中心clerk岗2026年3月16日没有日清签退，现有 1 份已勾选的补正告知尚未发出。请核清未清事项；逾期不告知的，自收到申请材料之日起即为受理（行政许可法 第三十二条）。',
      body_en: 'centre: clerk did not sign 16 Mar 2026 off; notices ticked there and not sent now: 1. Please clear what is open: what is not told in time is deemed accepted (Administrative Licensing Law Art. 32).',
    })
  })
})

test('the first look of a new house goes one day back and no further', async () => {
  await sweepOn('2026-06-10')
  // Tuesday 9 June.
  expect(await told()).toEqual(['chief: 2026年6月9日, 06-10 08:30', 'clerk: 2026年6月9日, 06-10 08:30'])
})
