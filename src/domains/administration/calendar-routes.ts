import { z } from 'zod'
import { addDays, rfc3339, type CivilDay } from '../../base/civil-day.ts'
import { calendarDue } from '../../kernel/calendar/commands.ts'
import { importCalendar } from '../../kernel/flow/import-calendar.ts'
import type { House } from '../../kernel/house.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { DueQuestion, NoticeInput, type CalendarDay, type CalendarOverview, type CalendarYear, type ClockRuleView, type DueAnswerView, type ImportView } from './contract.ts'
import { refuse } from './errors.ts'
import { clockRuleUse, noticesOf, provisionalClocks } from './queries.ts'

const READ = { permission: 'org.read' } as const
const FIRST_YEAR = 2004

/** Calendars and clock rules: what is announced, what each rule says and how many clocks run by it. */
export function calendarRoutes(house: House): readonly Route[] {
  return [
    route({
      method: 'GET', path: '/api/v1/administration/calendar', guard: READ, kind: 'api', rate: 'read', summary: { zh: '工作日历概况', en: 'The calendar as announced' },
      handle: async (): Promise<CalendarOverview> => {
        const calendar = house.calendar()
        const last = Number(calendar.horizon.slice(0, 4)) + 1
        return { version: calendar.version, horizon: calendar.horizon, certainUntil: calendar.certainUntil, years: Array.from({ length: last - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i), provisionalClocks: await provisionalClocks(house.db), today: house.time.today() }
      },
    }),
    route({
      method: 'GET', path: '/api/v1/administration/calendar/years/:year', guard: READ, kind: 'api', rate: 'read', summary: { zh: '一年的工作日与放假安排', en: 'A year day by day' }, params: z.object({ year: z.coerce.number().int().min(1990).max(2100) }),
      handle: async ({ params }) => yearOf(house, params.year),
    }),
    route({
      method: 'GET', path: '/api/v1/administration/calendar/due', guard: READ, kind: 'api', rate: 'read', summary: { zh: '计算到期日并逐日说明', en: 'A due day, explained day by day' }, query: DueQuestion,
      handle: async ({ query }): Promise<DueAnswerView> => {
        const { from, workingDays, naturalDays, months } = query
        const answer = calendarDue({ from, before: query.before === '1', explain: true, ...(workingDays === undefined ? {} : { workingDays }), ...(naturalDays === undefined ? {} : { naturalDays }), ...(months === undefined ? {} : { months }) }, house.calendar())
        return { ...answer, days: [...(answer.days ?? [])] }
      },
    }),
    route({
      method: 'POST', path: '/api/v1/administration/calendar/notices', guard: { permission: 'calendar.import' }, kind: 'api', rate: 'write', summary: { zh: '导入放假调休通知', en: 'Import a holiday notice' }, body: NoticeInput,
      handle: ({ body }): Promise<ImportView> => importCalendar(house, body.content),
    }),
    route({
      method: 'GET', path: '/api/v1/administration/clock-rules', guard: READ, kind: 'api', rate: 'read', summary: { zh: '时限规则', en: 'Clock rules' },
      handle: async (): Promise<{ rules: ClockRuleView[] }> => ({
        rules: (await clockRuleUse(house.db)).map(({ code, version, running, suspended }) => {
          const { name, unit, amount, trigger, pauses, pauseArticle, extension, expiry, article, validFrom, validTo, lights } = house.clockRule(code, version)
          return { code, version, name, unit, amount, trigger, pauses, pauseArticle: pauseArticle ?? null, extension: extension && { amount: extension.amount, times: extension.times, approver: extension.approver, article: extension.article }, expiry, article, validFrom, validTo, yellowShare: lights.yellowShare, yellowDaysLeft: lights.yellowDaysLeft, running, suspended }
        }),
      }),
    }),
  ]
}

async function yearOf(house: House, year: number): Promise<CalendarYear> {
  const calendar = house.calendar()
  if (year > Number(calendar.horizon.slice(0, 4)) + 1) throw refuse('no-year', { year })
  const days: CalendarDay[] = []
  for (let date = `${year}-01-01` as CivilDay; date <= `${year}-12-31`; date = addDays(date, 1)) {
    const { kind, working, name, source, provisional } = calendar.fact(date)
    days.push({ date, kind, working, name, source, provisional })
  }
  const notices = await noticesOf(house.db, year)
  return { year, workingDays: days.filter((day) => day.working).length, provisional: days.some((day) => day.provisional), days, notices: notices.map(({ source, importedAt }) => ({ source, importedAt: rfc3339(importedAt) })) }
}
