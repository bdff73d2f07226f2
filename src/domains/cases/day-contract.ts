import { z } from 'zod'
import type { HoldEntry } from './counter-contract.ts'

// Shapes of the counter's day: notices ticked but not sent, and its sign-off.

/** As it is being ticked: what is wrong may still be unsaid. */
const TickedDefect = z.strictObject({ materialId: z.string().trim().max(60).nullable().default(null), field: z.string().trim().max(60).nullable().default(null), what: z.string().max(500) })
export type TickedDefect = z.infer<typeof TickedDefect>

/** `version` is the one the screen shows; 0 where there was none. */
export const UnsentNoticeInput = z.strictObject({ version: z.int().min(0), defects: z.array(TickedDefect).min(1).max(50), remarks: z.string().max(1000).default('') })
export type UnsentNoticeInput = z.infer<typeof UnsentNoticeInput>

type Name = { zh: string; en: string }
export interface UnsentNotice { version: number; defects: TickedDefect[]; remarks: string; savedAt: string; savedBy: Name; post: Name }
export interface UnsentEntry { caseNo: string; item: Name; applicant: string; defects: number; savedAt: string; savedBy: Name; post: Name }
/** Made today by oneself and served on nobody yet. */
export interface UnservedPaper { caseNo: string; item: Name; paper: Name; no: string; madeAt: string }
export interface SignOffEntry { post: Name; at: string }
/** What of the day is still open. Only notices ticked but unsent stand against the sign-off. */
export interface DayView { day: string; posts: Name[]; unsent: UnsentEntry[]; holds: HoldEntry[]; unserved: UnservedPaper[]; signedOff: SignOffEntry[] }

export const ShiftAcceptanceInput = z.strictObject({ /** Takes over the notices not yet sent with their cases. */ notices: z.boolean().default(false) })
