import { z } from 'zod'
import { ApplicationInput } from './contract.ts'

// Shapes of the counter's own routes: what is put on hold, filed in batches, handed to the next shift.

/** An intake put aside half-done. `content` is the screen's own state and may be anything half-filled. */
export const HoldInput = z.strictObject({
  itemCode: z.string().trim().max(40).nullable().default(null),
  /** How the clerk knows it again: the applicant's name and the item. */
  label: z.string().trim().min(1).max(200),
  content: z.record(z.string().max(60), z.unknown()),
})
export type HoldInput = z.infer<typeof HoldInput>

/** Several items for one applicant, or one agent's many cases: each stands or falls by itself. */
export const BatchInput = z.strictObject({ applications: z.array(ApplicationInput).min(1).max(20) })
export type BatchInput = z.infer<typeof BatchInput>

export const ShiftInput = z.strictObject({
  toPersonId: z.uuid(),
  caseNos: z.array(z.string().min(1).max(60)).min(1).max(200),
  note: z.string().trim().max(500).default(''),
})
export type ShiftInput = z.infer<typeof ShiftInput>

export interface HoldEntry { id: string; itemCode: string | null; label: string; savedAt: string }
export interface Hold extends HoldEntry { content: Record<string, unknown> }
export interface BatchResult {
  index: number
  caseNo: string | null
  trackCode: string | null
  problem: { code: string; title: string; errors: { path: string; code: string; message: string }[] } | null
}
export interface ShiftEntry { id: string; fromName: { zh: string; en: string }; toName: { zh: string; en: string }; caseNos: string[]; note: string; offeredAt: string; acceptedAt: string | null; /** Notices ticked but not sent that go with it while it waits. */ unsent: { caseNo: string; defects: number }[] }
export interface OpenCase { caseNo: string; stage: string; item: { zh: string; en: string }; applicant: string; dueAt: string | null }
export interface Shifts { mine: OpenCase[]; toMe: ShiftEntry[]; fromMe: ShiftEntry[] }
export interface ShiftAcceptance { taken: string[]; left: { caseNo: string; code: string; title: string }[] }
