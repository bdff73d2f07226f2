import { describe, expect, test } from 'vitest'
import type { CivilDay } from '../../../base/civil-day.ts'
import { borneLights, isBorne, isJudging, judgingStep, type Bearer, type FallenLight, type LightAppeal } from './light.ts'

const day = (text: string) => text as CivilDay
const REVIEW: Bearer = { task: 'a', step: 'review', role: 'reviewer', organisationId: 'market' }
const ACCEPTANCE: Bearer = { task: 'b', step: 'acceptance', role: 'clerk', organisationId: 'centre' }
const BLACK: FallenLight = { clock: 'LIC.DECIDE', rule: 'LIC.DECIDE', light: 'black', dueOn: day('2026-03-30'), fellOn: day('2026-03-31'), on: REVIEW }
const appeal = (more: Partial<LightAppeal> = {}): LightAppeal => ({
  no: 1, clock: 'LIC.DECIDE', rule: 'LIC.DECIDE', light: 'black', dueOn: day('2026-03-30'), fellOn: day('2026-03-31'), against: REVIEW, ground: 'handedOverLate', reason: '移交已迟', files: [], appealedOn: day('2026-04-01'), judgeBy: day('2026-04-16'), postCode: 'P-6', personId: 'r', decision: null, ...more,
})
const decided = (outcome: 'upheld' | 'withdrawn' | 'moved', to?: Bearer) => ({ on: day('2026-04-02'), outcome, reason: '属实', postCode: 'P-14', personId: 'i', ...(to ? { to } : {}) })
const states = (appeals: readonly LightAppeal[]) => borneLights([BLACK], appeals).map((one) => [one.on.step, one.state, one.since])

describe('a light on a post and step', () => {
  test('counts until somebody appeals, is then open, and stands as it was judged', () => {
    expect(states([])).toEqual([['review', 'counts', '2026-03-31']])
    expect(states([appeal()])).toEqual([['review', 'appealed', '2026-03-31']])
    expect(states([appeal({ decision: decided('upheld') })])).toEqual([['review', 'upheld', '2026-03-31']])
    expect(states([appeal({ decision: decided('withdrawn') })])).toEqual([['review', 'withdrawn', '2026-03-31']])
  })

  test('moved stands on the other post from the day of the decision, and that post may appeal in its turn', () => {
    const moved = appeal({ decision: decided('moved', ACCEPTANCE) })
    expect(states([moved])).toEqual([['review', 'moved', '2026-03-31'], ['acceptance', 'counts', '2026-04-02']])
    expect(states([moved, appeal({ no: 2, against: ACCEPTANCE })])).toEqual([['review', 'moved', '2026-03-31'], ['acceptance', 'appealed', '2026-04-02']])
  })

  test('another light of the same clock, another due day and another post are other lights', () => {
    const lights = [BLACK, { ...BLACK, light: 'red' as const }, { ...BLACK, dueOn: day('2026-04-20') }, { ...BLACK, on: ACCEPTANCE }]
    expect(borneLights(lights, [appeal()]).map((one) => one.state)).toEqual(['appealed', 'counts', 'counts', 'counts'])
  })

  test('taken back while under appeal it stays where it was, and moved from there it is one line', () => {
    const moved = appeal({ decision: decided('moved', ACCEPTANCE) })
    expect(borneLights([], [appeal()]).map((one) => [one.on.step, one.state, one.since])).toEqual([['review', 'appealed', '2026-03-31']])
    expect(borneLights([], [moved, appeal({ no: 2, against: ACCEPTANCE })]).map((one) => [one.on.step, one.state])).toEqual([['review', 'moved'], ['acceptance', 'appealed']])
  })

  test('can be moved to no post that bears or bore it', () => {
    const lights = borneLights([BLACK], [appeal({ decision: decided('moved', ACCEPTANCE) })])
    expect([isBorne(lights, BLACK, 'a'), isBorne(lights, BLACK, 'b'), isBorne(lights, BLACK, 'c')]).toEqual([true, true, false])
  })
})

test('each appeal of a case has a task of its own', () => {
  expect([judgingStep(1), judgingStep(2)]).toEqual(['judgeLight', 'judgeLight~2'])
  expect([isJudging('judgeLight'), isJudging('judgeLight~2'), isJudging('judge')]).toEqual([true, true, false])
})
