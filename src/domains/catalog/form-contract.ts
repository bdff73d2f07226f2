import { z } from 'zod'
import { Text } from './text-contract.ts'

/** How a data element is typed. Amounts are integer fen, areas square metres with at most two decimals, days `YYYY-MM-DD`. */
export const ELEMENT_TYPES = ['name', 'text', 'longText', 'residentId', 'uscc', 'phone', 'address', 'email', 'day', 'area', 'amountFen', 'integer', 'boolean', 'enum', 'list'] as const
export type ElementType = (typeof ELEMENT_TYPES)[number]

export const Option = z.strictObject({ value: z.string().min(1), label: Text })

/** One government data element: the same name means the same thing in every form. `id` is also the name in FEEL. */
export const DataElement = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  type: z.enum(ELEMENT_TYPES),
  label: Text,
  /** What to write, in a sentence. */
  hint: Text.optional(),
  options: z.array(Option).optional(),
  /** Smallest and largest value of a number, amount or area. */
  min: z.number().optional(),
  max: z.number().optional(),
  maxLength: z.int().positive().optional(),
  /** Of each entry of a `list`: `text`, `integer`, `day`, … */
  of: z.enum(ELEMENT_TYPES).optional(),
})
export type DataElement = z.infer<typeof DataElement>

/** A check over the whole form: `expression` (FEEL) must be true, else `message` stands at the field. */
export const FieldCheck = z.strictObject({ expression: z.string().min(1), message: Text })

export const FormField = DataElement.extend({
  required: z.boolean(),
  /** FEEL over the form's values: the field exists only where it is true. A hidden field may not be sent. */
  visibleWhen: z.string().optional(),
  /** FEEL: required only where it is true. */
  requiredWhen: z.string().optional(),
  check: FieldCheck.optional(),
})
/** A field with its element's type and labels already put in: the browser needs no register. */
export type FormField = z.infer<typeof FormField>

export const FormSection = z.strictObject({ id: z.string(), title: Text, fields: z.array(FormField).min(1) })
export type FormSection = z.infer<typeof FormSection>

/**
 * A form: drawn and validated from the same definition. FEEL conditions are judged on the server alone; a page without script
 * shows conditional fields with their condition in words and leaves them empty where it does not hold.
 */
export const FormDefinition = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  title: Text,
  sections: z.array(FormSection).min(1),
})
export type FormDefinition = z.infer<typeof FormDefinition>

/** What is filled in: by field id. */
export type FormValues = Readonly<Record<string, unknown>>
