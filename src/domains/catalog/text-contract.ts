import { z } from 'zod'

/** One name or sentence in both languages. Imported texts stand in both as they were written: nobody translated them. */
export const Text = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) })
export const Day = z.iso.date()
