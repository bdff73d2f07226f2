import { expect, test } from 'vitest'
import { z } from 'zod'
import { inputErrors, pointer } from './check.ts'

const told = (schema: z.ZodType, value: unknown): readonly (readonly [path: string, code: string, zh: string, en: string])[] => {
  const read = schema.safeParse(value)
  return read.success ? [] : inputErrors(read.error).map(({ path, code, message }) => [path, code, message.zh, message.en] as const)
}

test('what is missing, of another kind, too long, or no field at all is told at its place in both languages', () => {
  const schema = z.strictObject({ name: z.string().min(1).max(3), on: z.iso.date(), letter: z.enum(['a', 'b']), tags: z.array(z.string()).max(1) })
  expect(told(schema, { name: '', on: '2026-02-30', letter: 'c', tags: ['a', 'c'], 'x/y': 1 })).toEqual([
    ['/name', 'too_small', '必须填写', 'This is required'],
    ['/on', 'invalid_format', '应为日期（如 2026-01-31）', 'This must be a date such as 2026-01-31'],
    ['/letter', 'invalid_value', '应为其中之一：a、b', 'This must be one of a, b'],
    ['/tags', 'too_big', '至多 1 项', 'This must have at most 1 member'],
    ['/x~1y', 'unrecognized_keys', '没有这个字段', 'There is no such field'],
  ])
  expect(told(schema, { name: 4, letter: 'a', tags: null })).toEqual([
    ['/name', 'invalid_type', '应为文字', 'This must be text'], ['/on', 'required', '必须填写', 'This is required'], ['/tags', 'invalid_type', '应为列表', 'This must be a list'],
  ])
  expect(pointer(['a~b', 0, ''])).toBe('/a~0b/0/')
})

test('a bound that is not itself allowed is told as such', () => {
  expect(told(z.int().positive(), 0)).toEqual([['', 'too_small', '必须大于 0', 'This must be more than 0']])
  expect(told(z.number().lt(5), 5)).toEqual([['', 'too_big', '必须小于 5', 'This must be less than 5']])
  expect(told(z.int().min(1), 0)).toEqual([['', 'too_small', '不得小于 1', 'This must be at least 1']])
})

test('a schema’s own demand is told in its own words; one without words is told in ours, never by a code', () => {
  expect(told(z.string().refine(() => false, { params: { zh: '甲', en: 'A' } }), '')).toEqual([['', 'custom', '甲', 'A']])
  expect(told(z.string().refine(() => false, { error: 'some-code' }), '')).toEqual([['', 'custom', '填写不正确', 'This is not right']])
})
