import type { CivilDay } from '../../../base/civil-day.ts'
import type { Bilingual } from '../../../base/text.ts'
import type { VerticalStatus } from './contract.ts'

/** One report of the other system as it was recorded, with the line of the file that proves it. */
export interface VerticalReport {
  readonly status: VerticalStatus
  readonly on: CivilDay
  readonly recordedOn: CivilDay
  readonly externalNo: string | null
  readonly documentNo?: string
  readonly reasons?: string
  readonly certificateNo?: string
  readonly validFrom?: CivilDay
  readonly validTo?: CivilDay
  readonly opinion?: string
  readonly evidence: { readonly importId: string; readonly line: number; readonly sha256: string; readonly by: string }
}

/** The case's way through a vertically led system. Who decided is that system's organ; who brought the news is in each report's evidence. */
export interface VerticalCourse {
  readonly system: Bilingual
  readonly authority: Bilingual
  readonly leadership: 'vertical' | 'dual'
  readonly referenceLabel: Bilingual
  /** More than one where the other system sent it back. */
  readonly handOvers: readonly { readonly on: CivilDay; readonly by: string; readonly post: string; readonly batchId: string }[]
  readonly externalNo: string | null
  readonly reports: readonly VerticalReport[]
}

/** The last thing known of the case there; null while nothing came back since it was last handed over. */
export const lastReport = ({ reports }: VerticalCourse): VerticalReport | null => reports.at(-1) ?? null
/** The other system sent it back and it has not been handed over again: each return answers one hand-over. */
export const isReturned = ({ handOvers, reports }: VerticalCourse): boolean => reports.filter(({ status }) => status === 'returned').length >= handOvers.length
/** The number the other system gave to certificate or register entry, so that nobody types it again. */
export const certificateNoOf = (course: VerticalCourse | undefined): string | undefined => course?.reports.findLast((report) => report.certificateNo !== undefined)?.certificateNo

/** What anybody who may know of the case is told of it: system, days and number; no reasons, no person. */
export interface CourseInShort { readonly system: Bilingual; readonly authority: Bilingual; readonly referenceLabel: Bilingual; readonly handedOn: CivilDay; readonly externalNo: string | null; readonly status: VerticalStatus | null; readonly on: CivilDay | null }
export function courseInShort(course: VerticalCourse): CourseInShort {
  const { system, authority, referenceLabel, handOvers, externalNo } = course
  const last = lastReport(course)
  return { system, authority, referenceLabel, handedOn: handOvers.at(-1)!.on, externalNo, status: last?.status ?? null, on: last?.on ?? null }
}
