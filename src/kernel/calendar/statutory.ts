import { LunarDay, SolarTerm, type SolarDay } from 'tyme4ts'
import { addDays, type CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import { holidayName } from './holiday-names.ts'

/** A day off for everybody by 全国年节及纪念日放假办法, whatever the weekday. */
export interface StatutoryDay { readonly day: CivilDay; readonly name: Bilingual; readonly article: string }

/** Days of 农历: `12-30` stands for 除夕, whether the twelfth month has 29 days or 30. */
interface Version {
  readonly from: number
  readonly article: string
  readonly newYear: readonly ['除夕' | '初一', number]
  readonly labourDays: number
  readonly nationalDays: number
  readonly oldFestivals: boolean
}

/**
 * The versions of 全国年节及纪念日放假办法 第二条 by the first year they arranged, latest first:
 * 1949 (元旦 1, 春节 3, 劳动节 1, 国庆节 2), 1999-09-18 (劳动节 3, 国庆节 3), 2007-12-14 for 2008 (除夕 in, 劳动节 1; 清明, 端午, 中秋 new),
 * 2013-12-11 for 2014 (初一 to 初三 again), 2024-11-10 for 2025 (除夕 and 5月2日 new).
 */
const VERSIONS: readonly Version[] = [
  { from: 2025, article: '全国年节及纪念日放假办法（2024年修订）第二条', newYear: ['除夕', 4], labourDays: 2, nationalDays: 3, oldFestivals: true },
  { from: 2014, article: '全国年节及纪念日放假办法（2013年修订）第二条', newYear: ['初一', 3], labourDays: 1, nationalDays: 3, oldFestivals: true },
  { from: 2008, article: '全国年节及纪念日放假办法（2007年修订）第二条', newYear: ['除夕', 3], labourDays: 1, nationalDays: 3, oldFestivals: true },
  { from: 2000, article: '全国年节及纪念日放假办法（1999年修订）第二条', newYear: ['初一', 3], labourDays: 3, nationalDays: 3, oldFestivals: false },
  { from: 1949, article: '全国年节及纪念日放假办法（1949年）第二条', newYear: ['初一', 3], labourDays: 1, nationalDays: 2, oldFestivals: false },
]

/** The statutory holidays of a year by the version in force, in order. Half days (妇女节, 青年节) leave working days as they are. */
export function statutoryDays(year: number): readonly StatutoryDay[] {
  const law = VERSIONS.find((version) => version.from <= year)
  if (law === undefined) throw new Error(`no statutory holidays before 1949: ${year}`)
  const run = (zh: string, first: CivilDay, count: number): StatutoryDay[] =>
    Array.from({ length: count }, (_, i) => ({ day: addDays(first, i), name: holidayName(zh), article: law.article }))
  const [firstDay, count] = law.newYear
  const newYear = lunar(year, 1, 1)
  return [
    ...run('元旦', on(year, 1, 1), 1),
    ...run('春节', firstDay === '除夕' ? addDays(newYear, -1) : newYear, count),
    ...(law.oldFestivals ? run('清明节', civil(SolarTerm.fromName(year, '清明').getJulianDay().getSolarDay()), 1) : []),
    ...run('劳动节', on(year, 5, 1), law.labourDays),
    ...(law.oldFestivals ? run('端午节', lunar(year, 5, 5), 1) : []),
    ...(law.oldFestivals ? run('中秋节', lunar(year, 8, 15), 1) : []),
    ...run('国庆节', on(year, 10, 1), law.nationalDays),
  ]
}

const two = (n: number): string => String(n).padStart(2, '0')
const on = (year: number, month: number, day: number): CivilDay => `${year}-${two(month)}-${two(day)}` as CivilDay
const civil = (day: SolarDay): CivilDay => on(day.getYear(), day.getMonth(), day.getDay())
const lunar = (year: number, month: number, day: number): CivilDay => civil(LunarDay.fromYmd(year, month, day).getSolarDay())
