import { z } from 'zod'
import type { Bilingual } from '../../base/text.ts'

// Shapes of the administration's API, shared with its screens. Nothing here needs Node.

const Day = z.iso.date()
const Name = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(300) })
const Id = z.uuid()

/** The file of one year as `data/holidays/*.json` has it; `readNoticeFile` says what is wrong with it. */
export const NoticeInput = z.strictObject({ content: z.string().min(2).max(200_000) })

export const DueQuestion = z.object({
  from: Day,
  workingDays: z.coerce.number().int().min(0).max(10_000).optional(), naturalDays: z.coerce.number().int().min(0).max(30_000).optional(), months: z.coerce.number().int().min(0).max(1000).optional(),
  before: z.enum(['0', '1']).default('0'),
})

export const ORGANISATION_KINDS = ['centre', 'department', 'subdistrict', 'community', 'vertical', 'body'] as const
export const NewOrganisation = z.strictObject({
  code: z.string().length(18), name: Name, kind: z.enum(ORGANISATION_KINDS), parentId: Id.nullable().default(null), divisionCode: z.string().regex(/^[1-9]\d{5,11}$/), level: z.int().min(1).max(6), validFrom: Day,
  address: z.string().max(500).default(''), phoneConsult: z.string().max(500).default(''), phoneComplaint: z.string().max(500).default(''),
})
export const NewPost = z.strictObject({ organisationId: Id, code: z.string().trim().min(1).max(40), name: Name, role: z.string().min(1).max(40), validFrom: Day, bAlongside: z.boolean().default(false) })
export const NewPerson = z.strictObject({ name: Name, staffNo: z.string().trim().min(1).max(40), phone: z.string().max(40).default(''), email: z.string().max(200).default(''), validFrom: Day })
export const NewHolding = z.strictObject({ postId: Id, personId: Id, cover: z.enum(['A', 'B']), validFrom: Day, validTo: Day.nullable().default(null) })
export const LEAVE_KINDS = ['annual', 'sick', 'training', 'travel', 'other'] as const
export const NewLeave = z.strictObject({ personId: Id, kind: z.enum(LEAVE_KINDS), validFrom: Day, validTo: Day })
export const NewAuthorisation = z.strictObject({
  kind: z.enum(['entrustment', 'chiefRepresentative']), fromOrganisationId: Id, toOrganisationId: Id.nullable().default(null), toPersonId: Id.nullable().default(null),
  items: z.array(z.string().min(1)).max(200).default([]), acts: z.array(z.string().min(1)).min(1).max(100), seal: z.string().trim().min(1).max(100), documentNo: z.string().trim().min(1).max(100), validFrom: Day, validTo: Day,
})
export const LastDay = z.strictObject({ lastDay: Day })
export const Revocation = z.strictObject({ from: Day, because: z.string().trim().min(1).max(500) })
export const NewAccount = z.strictObject({ username: z.string().trim().min(3).max(64), password: z.string().min(1).max(200), personId: Id })
export const AccountStatus = z.strictObject({ status: z.enum(['active', 'disabled']) })
export const NewPassword = z.strictObject({ next: z.string().min(1).max(200) })

export interface CalendarOverview { version: number; horizon: string; certainUntil: string; years: number[]; provisionalClocks: number; today: string }
export interface CalendarDay { date: string; kind: 'working' | 'weekend' | 'holiday' | 'makeup'; working: boolean; name: Bilingual | null; source: string | null; provisional: boolean }
export interface CalendarYear { year: number; workingDays: number; provisional: boolean; days: CalendarDay[]; notices: { source: string; importedAt: string }[] }
export interface DueAnswerView { from: string; due: string; provisional: boolean; horizon: string; days: { date: string; counted: boolean; reason: string; source: string; provisional?: boolean }[] }
export interface ImportView { year: number; days: number; clocksRedated: number }
export interface ClockRuleView {
  code: string; version: number; name: Bilingual; unit: string; amount: number | null; trigger: string; pauses: readonly string[]; pauseArticle: string | null
  extension: { amount: number; times: number; approver: string; article: string } | null; expiry: string; article: string; validFrom: string; validTo: string | null; yellowShare: number; yellowDaysLeft: number; running: number; suspended: number
}

export interface OrganisationView { id: string; code: string; name: Bilingual; kind: (typeof ORGANISATION_KINDS)[number]; parentId: string | null; level: number; address: string; phoneConsult: string; phoneComplaint: string; validFrom: string; validTo: string | null; children: readonly OrganisationView[] }
export interface HolderView { holdingId: string; personId: string; name: Bilingual; cover: 'A' | 'B'; away: boolean; acts: boolean }
export interface PostView { id: string; code: string; name: Bilingual; role: string; bAlongside: boolean; organisation: { id: string; name: Bilingual }; holders: readonly HolderView[] }
export interface UncoveredView { postId: string; code: string; name: Bilingual; organisationId: string; organisationName: Bilingual; why: 'vacant' | 'away' }
export interface AuthorisationView { id: string; kind: 'entrustment' | 'chiefRepresentative'; fromName: Bilingual; toName: Bilingual; items: readonly string[]; acts: readonly string[]; seal: string; documentNo: string; validFrom: string; validTo: string | null; revokedOn: string | null; revokedBecause: string | null }
export interface PersonView { id: string; name: Bilingual; staffNo: string; posts: Bilingual[]; onLeaveUntil: string | null }
export interface RoleView { code: string; name: Bilingual; permissions: readonly string[] }
export interface LeaveView { id: string; personId: string; name: Bilingual; kind: (typeof LEAVE_KINDS)[number]; validFrom: string; validTo: string }

export interface AccountView { id: string; username: string; kind: 'applicant' | 'officer'; name: string; status: 'active' | 'disabled'; level: number; createdAt: string; lockedUntil: string | null }
export interface SecurityEventView { id: number; at: string; kind: string; username: string | null; byUsername: string | null }
export interface ReadView { id: number; at: string; reader: string; organisation: Bilingual | null; post: Bilingual | null; part: string; reason: string; caseNo: string | null }

export interface HealthView {
  ledger: { origin: string | null; size: number; pending: number; published: number; checkpointAt: string | null }
  readiness: { name: string; ok: boolean; detail: string }[]
  checks: { name: string; ok: boolean; detail: string; text: { zh: string; en: string } }[]
  jobs: {
    queued: number; retrying: number; failed: number; oldestSeconds: number | null
    tasks: { task: string; runs: number; failures: number; startedAt: string; tookMs: number | null; succeededAt: string | null; lastError: string | null }[]
    failures: { task: string; attempts: number; error: string; at: string }[]
    subscribers: { name: string; behind: number; handledAt: string | null; failures: number; lastError: string | null }[]
  }
}
