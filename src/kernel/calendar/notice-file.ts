import { isCivilDay, toDayNumber, weekday, type CivilDay } from '../../base/civil-day.ts'
import type { InputError } from '../../base/refusal.ts'
import type { Bilingual } from '../../base/text.ts'
import { noticeTitle } from './announced.ts'
import { refuse } from './errors.ts'
import { holidayName } from './holiday-names.ts'
import { statutoryDays } from './statutory.ts'
import type { AnnouncedDay, AnnouncedYear } from './types.ts'

export interface NoticeFile extends AnnouncedYear {
  /** Addresses of the notice. */
  readonly papers: readonly string[]
}

/**
 * Reads one year's arrangement: `{year, papers: [url], days: [{name, date, isOffDay}]}` (the format of NateScarlet/holiday-cn).
 * Nothing is repaired: a file that is wrong anywhere, or that leaves a statutory holiday a working day, is refused whole.
 * Refuses `calendar/not-json`, `calendar/bad-file` (every place in `errors`), `calendar/not-announced`.
 */
export function readNoticeFile(content: string): NoticeFile {
  const file = parse(content)
  const errors: InputError[] = []
  const wrong = (path: string, code: string, zh: string, en: string) => errors.push({ path, code, message: { zh, en } satisfies Bilingual })

  const year = isObject(file) ? file.year : undefined
  const papers = isObject(file) ? (file.papers ?? []) : undefined
  const days = isObject(file) ? file.days : undefined
  if (!isYear(year)) wrong('/year', 'year', '年份应为 1949 至 2100 的整数', 'The year must be a whole number from 1949 to 2100')
  if (!isTexts(papers)) wrong('/papers', 'papers', '通知地址应为文本数组', 'The addresses of the notice must be a list of texts')
  if (!Array.isArray(days)) wrong('/days', 'days', '缺少日期数组', 'The list of days is missing')
  if (!isYear(year) || !isTexts(papers) || !Array.isArray(days)) throw badFile(errors)

  const read: AnnouncedDay[] = []
  const seen = new Set<string>()
  for (const [i, entry] of days.entries() as Iterable<[number, unknown]>) {
    const { name, date, isOffDay } = isObject(entry) ? entry : {}
    const at = `/days/${i}`
    if (typeof name !== 'string' || name.trim() === '') wrong(`${at}/name`, 'name', '节日名称不能为空', 'A holiday needs a name')
    if (typeof isOffDay !== 'boolean') wrong(`${at}/isOffDay`, 'isOffDay', '是否放假应为 true 或 false', 'isOffDay must be true or false')
    if (!isCivilDay(date)) wrong(`${at}/date`, 'date', '日期不存在', 'There is no such day')
    else if (date < `${year - 1}-12-01` || date > `${year}-12-31`) wrong(`${at}/date`, 'otherYear', `日期不在 ${year} 年及上年十二月内`, `The day is neither in ${year} nor in the December before`)
    else if (seen.has(date)) wrong(`${at}/date`, 'twice', '日期重复', 'The day is named twice')
    else if (typeof name === 'string' && typeof isOffDay === 'boolean') {
      seen.add(date)
      read.push({ day: date, off: isOffDay, name: holidayName(name) })
    }
  }
  if (errors.length > 0) throw badFile(errors)
  demandStatutoryDays(year, read)
  return { year, source: noticeTitle(year), papers, days: read.sort((a, b) => toDayNumber(a.day) - toDayNumber(b.day)) }
}

/** A notice may move days of rest, but no statutory holiday can end up a working day (放假办法 第二条). An empty file has announced nothing. */
function demandStatutoryDays(year: number, days: readonly AnnouncedDay[]): void {
  const named = new Map(days.map((d) => [d.day, d.off]))
  const isOff = (day: CivilDay) => named.get(day) ?? (weekday(day) === 0 || weekday(day) === 6)
  const missing = statutoryDays(year).filter(({ day }) => !isOff(day)).map(({ day, name }) => `${name.zh} ${day}`)
  if (days.length === 0 || missing.length > 0) throw refuse('not-announced', { year, missing: missing.join('、') })
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw refuse('not-json', { why: error instanceof Error ? error.message : String(error) })
  }
}

const badFile = (errors: readonly InputError[]) => refuse('bad-file', { count: errors.length, path: errors[0]!.path }, { errors })
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isYear = (value: unknown): value is number => Number.isInteger(value) && 1949 <= (value as number) && (value as number) <= 2100
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((text) => typeof text === 'string')
