import { expect, test } from 'vitest'
import { settableTime, systemTime } from './time.ts'

test('the day changes at midnight in Shanghai, not in Greenwich', () => {
  const time = settableTime('2026-11-22T15:59:59Z')
  expect(time.today()).toBe('2026-11-22')
  time.advance(1000)
  expect(time.today()).toBe('2026-11-23')
})

test('a settable time stands still, is set, and hands out instants nobody can move', () => {
  const time = settableTime('2026-11-22T09:00:00+08:00')
  time.now().setFullYear(1999)
  expect(time.now().toISOString()).toBe('2026-11-22T01:00:00.000Z')
  time.set('2027-01-01T00:00:00+08:00')
  expect(time.today()).toBe('2027-01-01')
})

test('a time without an offset names no instant', () => {
  expect(() => settableTime('2026-11-22T09:00:00')).toThrow('not an instant')
  expect(() => settableTime('2026-11-22T09:00:00+08:00').set('tomorrow')).toThrow('not an instant')
})

test('system time moves and its day is the one of Shanghai', () => {
  const before = Date.now()
  expect(systemTime.now().getTime()).toBeGreaterThanOrEqual(before)
  expect(systemTime.today()).toMatch(/^\d{4}-\d{2}-\d{2}$/)
})
