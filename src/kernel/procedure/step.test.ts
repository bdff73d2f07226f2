import { describe, expect, test } from 'vitest'
import { procedureRun } from './commands.ts'
import { compile } from './compile.ts'
import { compileCondition } from './condition.ts'
import { evaluate } from 'feelin'
import { bpmn } from './fixtures.ts'
import { parseProcedure } from './parse.ts'
import { initialState, step, type Net } from './step.ts'
import type { NetState, ProcedureEvent } from './types.ts'

const netOf = async (nodes: string, flows: string, inside = {}): Promise<Net> => compile(await parseProcedure(bpmn(nodes, flows, inside))).net!
function play(net: Net, events: readonly ProcedureEvent[], facts = {}): NetState {
  return events.reduce((state, event) => {
    const result = step(net, state, event, facts)
    if ('impossible' in result) throw new Error(JSON.stringify(result))
    return result.state
  }, initialState())
}
const done = (at: string, outcome?: string): ProcedureEvent => ({ kind: 'complete', at, ...(outcome === undefined ? {} : { outcome }) })

describe('choices', () => {
  const choice = () => netOf('s:startEvent a:userTask x:exclusiveGateway b:userTask c:userTask e:endEvent f:endEvent', 's>a; a>x; x>b [area < 50]; *x>c; b>e; c>f')

  test('an outcome names the flow after the gateway by name or id; facts decide where none is named; default where none holds', async () => {
    const net = await choice()
    expect(play(net, [{ kind: 'start' }, done('a', 'c')]).tokens).toEqual(['c'])
    expect(play(net, [{ kind: 'start' }, done('a', 'x_b')]).tokens).toEqual(['b'])
    expect(play(net, [{ kind: 'start' }, done('a')], { area: 49 }).tokens).toEqual(['b'])
    expect(play(net, [{ kind: 'start' }, done('a')], { area: 50 }).tokens).toEqual(['c'])
    // The same event a second time goes by the facts of the second time.
    expect(play(net, [{ kind: 'start' }, done('a')], { area: 49 }).tokens).toEqual(['b'])
  })

  test('an outcome nobody knows is refused with those that would do, never sent down the default', async () => {
    const net = await choice()
    const state = play(net, [{ kind: 'start' }])
    expect(step(net, state, done('a', 'd'))).toEqual({ impossible: 'noSuchOutcome', at: 'a', choices: ['b', 'c'] })
  })

  test('without outcome, facts and default there is no way on', async () => {
    const net = await netOf('s:startEvent a:userTask x:exclusiveGateway b:userTask c:userTask', 's>a; a>x; x>b; x>c')
    expect(step(net, play(net, [{ kind: 'start' }]), done('a'))).toEqual({ impossible: 'noOutcome', at: 'x', choices: ['b', 'c'] })
  })

  test('an inclusive split takes several; its join waits for these and no others', async () => {
    const net = await netOf('s:startEvent t:userTask o:inclusiveGateway a:userTask b:userTask c:userTask j:inclusiveGateway z:userTask e:endEvent', 's>t; t>o; o>a; o>b; o>c; a>j; b>j; c>j; j>z; z>e')
    const split = play(net, [{ kind: 'start' }, done('t', 'a|c')])
    expect(split.tokens).toEqual(['a', 'c'])
    expect(play(net, [{ kind: 'start' }, done('t', 'a|c'), done('c')])).toMatchObject({ tokens: ['a'], joins: { j: ['c_j'] } })
    expect(play(net, [{ kind: 'start' }, done('t', 'a|c'), done('c'), done('a')])).toMatchObject({ tokens: ['z'], joins: {} })
  })

  test('a condition may read the outcome as a fact', async () => {
    const net = await netOf('s:startEvent a:userTask x:exclusiveGateway b:userTask c:userTask', 's>a; a>x; x>b [outcome = "granted"]; *x>c')
    expect(play(net, [{ kind: 'start' }, done('a', 'granted')]).tokens).toEqual(['b'])
    expect(play(net, [{ kind: 'start' }, done('a', 'anything')]).tokens).toEqual(['c'])
  })

  test('compiled conditions answer what the FEEL interpreter answers', () => {
    const numbers: object[] = [{}, { a: 1 }, { a: 5 }, { a: 9.5 }, { a: { b: 5 } }, { a: { b: 6 } }]
    for (const text of ['a < 5', 'a = 5', 'a > 5', 'a >= 5', 'a <= 5', 'a.b <= 5', 'a > 1 and a < 9'])
      for (const fact of numbers.filter((f) => text.startsWith('a.b') === (typeof (f as { a: unknown }).a === 'object')))
        expect([text, fact, compileCondition(text).holds(fact as never) === true]).toEqual([text, fact, evaluate(text, fact as never).value === true])
    for (const text of ['a', 'not(a)', 'a = true', 'a = false', 'a != true'])
      for (const fact of [{ a: true }, { a: false }]) expect([text, fact, compileCondition(text).holds(fact)]).toEqual([text, fact, evaluate(text, fact).value])
    for (const text of ['a = "x"', 'a != "x"', 'a < "y"'])
      for (const fact of [{ a: 'x' }, { a: 'z' }, { a: '' }]) expect([text, fact, compileCondition(text).holds(fact)]).toEqual([text, fact, evaluate(text, fact).value])
  })

  test('values of different types decide nothing: a wrong fact opens no way', () => {
    for (const fact of [{ a: true }, { a: '4' }, { a: null }, {}]) expect(compileCondition('a < 5').holds(fact)).toBeNull()
  })
})

describe('events', () => {
  test('what cannot happen is answered, and says why', async () => {
    const net = await netOf('s:startEvent a:userTask b:userTask e:endEvent', 's>a; a>b; b>e')
    const live = play(net, [{ kind: 'start' }])
    expect(step(net, initialState(), done('a'))).toEqual({ impossible: 'notLive', at: 'a', choices: [] })
    expect(step(net, live, { kind: 'start' })).toEqual({ impossible: 'alreadyStarted', at: 'p', choices: ['a'] })
    expect(step(net, live, done('b'))).toEqual({ impossible: 'notLive', at: 'b', choices: ['a'] })
    expect(step(net, live, done('nowhere'))).toEqual({ impossible: 'noSuchStep', at: 'nowhere', choices: ['a'] })
    expect(step(net, live, { kind: 'timer', at: 'a' })).toEqual({ impossible: 'noSuchStep', at: 'a', choices: ['a'] })
    const ended = play(net, [{ kind: 'start' }, done('a'), done('b')])
    expect(ended).toEqual({ tokens: [], joins: {}, counters: {}, finished: true })
    expect(step(net, ended, done('a'))).toEqual({ impossible: 'finished', at: 'a', choices: [] })
  })

  test('steps opened and closed are told once, also those an event cancels', async () => {
    const net = await netOf('s:startEvent a:userTask t:boundaryEvent:attachedToRef=a late:userTask e:endEvent f:endEvent', 's>a; a>e; t>late; late>f', { t: '<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>' })
    expect(step(net, initialState(), { kind: 'start' })).toMatchObject({ opened: ['a', 't'], closed: [] })
    const live = play(net, [{ kind: 'start' }])
    expect(step(net, live, done('a'))).toMatchObject({ closed: ['a', 't'], opened: [], ended: true })
    expect(step(net, live, { kind: 'timer', at: 't' })).toMatchObject({ closed: ['t', 'a'], opened: ['late'], ended: false })
  })

  test('an event-based gateway waits for the first of its events', async () => {
    const net = await netOf('s:startEvent g:eventBasedGateway m:intermediateCatchEvent t:intermediateCatchEvent a:userTask b:userTask', 's>g; g>m; g>t; m>a; t>b', { m: '<messageEventDefinition/>', t: '<timerEventDefinition><timeDuration>P30D</timeDuration></timerEventDefinition>' })
    const waiting = play(net, [{ kind: 'start' }])
    expect(net.liveSteps(waiting)).toEqual(['m', 't'])
    expect(step(net, waiting, { kind: 'timer', at: 't' })).toMatchObject({ closed: ['m', 't'], opened: ['b'] })
    expect(step(net, waiting, { kind: 'message', at: 'm' })).toMatchObject({ state: { tokens: ['a'] } })
  })

  test('an error takes the boundary event with its code, inside a sub-process too', async () => {
    const net = await netOf('s:startEvent a:serviceTask r:boundaryEvent:attachedToRef=a b:userTask e:endEvent f:endEvent', 's>a; a>e; r>b; b>f', { r: '<errorEventDefinition/>' })
    const live = play(net, [{ kind: 'start' }])
    expect(step(net, live, { kind: 'error', at: 'a' })).toMatchObject({ closed: ['a'], opened: ['b'] })
  })

  test('rounds of a step with maxRounds are counted', async () => {
    const net = await netOf('s:startEvent a:userTask:mt~maxRounds=2 x:exclusiveGateway e:endEvent', 's>a; a>x; x>a; x>e')
    expect(play(net, [{ kind: 'start' }, done('a', 'a'), done('a', 'a')])).toMatchObject({ tokens: ['a'], counters: { a: 3 } })
  })

  test('a circle of gateways without a step does not hang', async () => {
    const net = await netOf('s:startEvent a:userTask x:exclusiveGateway y:exclusiveGateway e:endEvent', 's>a; a>x; x>y; *y>x; y>e')
    expect(step(net, play(net, [{ kind: 'start' }]), done('a'))).toMatchObject({ impossible: 'endless' })
    expect(play(net, [{ kind: 'start' }, done('a', 'e')]).finished).toBe(true)
  })
})

describe('the dry run', () => {
  const xml = bpmn('s:startEvent a:userTask x:exclusiveGateway b:userTask e:endEvent', 's>a; a>x; x>b; b>a; x>e')
  test('a repeated key is consumed in order', async () => {
    expect(await procedureRun(xml, 'a=b,a=b,a=e')).toEqual({ finished: true, steps: ['a', 'b', 'a', 'b', 'a'] })
  })
  test('what is chosen wrongly is refused', async () => {
    await expect(procedureRun(xml, 'a=q')).rejects.toMatchObject({ code: 'procedure/impossible-choice' })
    await expect(procedureRun(xml, 'q=a')).rejects.toMatchObject({ code: 'procedure/bad-choice' })
    await expect(procedureRun(xml, 'a=e,b=a')).rejects.toMatchObject({ code: 'procedure/choice-unused' })
  })
})
