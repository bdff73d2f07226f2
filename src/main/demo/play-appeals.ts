import { Readable } from 'node:stream'
import { startOfDay, type CivilDay } from '../../base/civil-day.ts'
import type { Officer } from '../../kernel/access/types.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import type { House } from '../../kernel/house.ts'
import type { LightAppealGround, LightOutcome } from '../../domains/cases/lights/contract.ts'
import { fallenLights } from '../../domains/cases/lights/store.ts'
import { officersOn } from './officers.ts'
import { DEMO_PDF } from './sample-file.ts'

/** Appeals against lights, at every point: three still to be judged, the others judged each way. */
const APPEALS: readonly { readonly ground: LightAppealGround; readonly reason: string; readonly evidence?: string; readonly judged?: { readonly outcome: LightOutcome; readonly reason: string } }[] = [
  { ground: 'applicantOrThirdParty', reason: '申请人两次改约现场核查，第三次方能入场，通话记录附后。', evidence: '通话记录（演示）.pdf' },
  { ground: 'systemOrCalendar', reason: '当日上午业务系统升级停机，下午恢复后才能提交意见。', judged: { outcome: 'withdrawn', reason: '运维记录显示当日 9 时至 14 时停机，情况属实，不计入该岗位。' } },
  { ground: 'forceMajeure', reason: '连日暴雨，现场无法勘查。', judged: { outcome: 'upheld', reason: '暴雨只有一天，期限前后还有八个工作日可以安排，维持。' } },
  { ground: 'handedOverLate', reason: '纸质材料迟了三日才交到本岗位。', judged: { outcome: 'moved', reason: '材料流转交接单显示迟交三日，改记前一岗位。' } },
  { ground: 'pauseNotRecorded', reason: '等待检测报告期间没有登记中止。' },
  { ground: 'handedOverLate', reason: '窗口移交的图纸缺页，补齐后才能审查。' },
]

interface Candidate { readonly no: string; readonly matterId: string; readonly fellOn: CivilDay }
/** Cases on which a black light fell lately and nothing has been done since, the latest first. */
const LATELY = `
select m.no, m.id as "matterId", (max(e.at) at time zone 'Asia/Shanghai')::date as "fellOn"
  from clock.event e
  join flow.matter m on m.id = e.matter_id and m.kind = 'case'
 where e.kind = 'announced' and e.light = 'black' and m.changed_at < e.at and e.at > $1::timestamptz - interval '12 days'
 group by m.no, m.id
 order by max(e.at) desc, m.no
 limit 60`

/** Made through the acts like everything in the demo, in the days after the lights fell. */
export async function playAppeals(house: House): Promise<number> {
  const now = house.time.now()
  const officers = await officersOn(house.db, house.time.today())
  const inspector = officers.find((officer) => officer.posts.some((post) => post.role === 'inspector'))!
  const candidates = await house.db.query<Candidate>(LATELY, [now])
  let acts = 0
  // Judged ones take the older lights, so that their decisions lie in the past as well.
  const wanted = [...APPEALS].sort((a, b) => Number(a.judged !== undefined) - Number(b.judged !== undefined))
  const used = new Set<string>()
  for (const one of wanted) {
    const line = one.judged ? [...candidates].reverse() : candidates
    for (const candidate of line.filter(({ no }) => !used.has(no))) {
      const done = await appealOne(house, officers, inspector, candidate, one)
      if (done === 0) continue
      used.add(candidate.no)
      acts += done
      break
    }
  }
  return acts
}

/** 0 where the light or the days do not allow it. */
async function appealOne(house: House, officers: readonly Officer[], inspector: Officer, { no, matterId, fellOn }: Candidate, { ground, reason, evidence, judged }: (typeof APPEALS)[number]): Promise<number> {
  const calendar = house.calendar()
  const at = (days: number, minutes: number): Date => new Date(startOfDay(calendar.addWorkingDays(fellOn, days).day).getTime() + minutes * 60_000)
  const [appealedAt, judgedAt] = [at(1, 10 * 60 + 20), at(3, 15 * 60 + 10)]
  if ((judged ? judgedAt : appealedAt) > house.time.now()) return 0
  const light = (await fallenLights(house.db, matterId)).find((one) => one.light === 'black' && one.fellOn === fellOn)
  const officer = light && officers.find((one) => one.posts.some((post) => post.organisationId === light.on.organisationId && post.role === light.on.role) && one.permissions.includes('cases.read'))
  const found = await findMatter(house.db, no)
  if (!light || !officer || !found) return 0
  const target = found.tasks.find((task) => task.id !== light.on.task && task.step === 'acceptance' && task.role === 'clerk')
  if (judged?.outcome === 'moved' && !target) return 0
  const files = evidence ? [(await house.files.put(Readable.from(DEMO_PDF), { name: evidence, uploadedBy: officer.accountId, at: appealedAt })).id] : []
  const { matter } = await house.flow.perform(no, found.matter.revision, { caller: officer, act: 'appealLight', input: { clock: light.clock, light: light.light, task: light.on.task, ground, reason, files }, channel: 'counter', at: appealedAt })
  if (!judged) return 1
  const input = { appeal: 1, ...judged, ...(judged.outcome === 'moved' ? { toTask: target!.id } : {}) }
  await house.flow.perform(no, matter.revision, { caller: inspector, act: 'judgeLight', input, channel: 'counter', at: judgedAt })
  return 2
}
