import { describe, expect, test } from 'vitest'
import { procedureCheck } from './commands.ts'
import { compile } from './compile.ts'
import { bpmn, scope } from './fixtures.ts'
import { parseProcedure } from './parse.ts'
import { initialState, step, type Net } from './step.ts'
import type { NetState, ProcedureEvent } from './types.ts'

/** Plays a counterexample as `procedure check` tells it. */
async function replay(xml: string, path: readonly string[]): Promise<{ net: Net; state: NetState }> {
  const net = compile(await parseProcedure(xml)).net!
  const [first] = net.starts
  const play = (state: NetState, event: ProcedureEvent) => {
    const result = step(net, state, event)
    if ('impossible' in result) throw new Error(`${JSON.stringify(event)}: ${JSON.stringify(result)}`)
    return result.state
  }
  const rest = [...path]
  const beginning = rest[0]?.split('=')[0] === first!.id ? rest.shift()!.split('=')[1] : undefined
  let state = play(initialState(), { kind: 'start', ...(beginning === undefined ? {} : { outcome: beginning }) })
  for (const said of rest) {
    const [at, outcome] = said.split('=') as [string, string | undefined]
    state = play(state, at.endsWith('!') ? { kind: 'error', at: at.slice(0, -1) } : { kind: 'complete', at, ...(outcome === undefined ? {} : { outcome }) })
  }
  return { net, state }
}

describe('a procedure that can go wrong is refused with a run that shows it', () => {
  test('deadlock: a parallel join waits for a branch that was not chosen', async () => {
    const xml = bpmn('s:startEvent x:exclusiveGateway a:userTask b:userTask j:parallelGateway e:endEvent', 's>x; x>a; x>b; a>j; b>j; j>e')
    const report = await procedureCheck(xml)
    expect(report.sound).toBe(false)
    expect(report.problems[0]).toEqual({ kind: 'deadlock', at: 'j', path: ['s=x_a', 'a'] })
    const { net, state } = await replay(xml, report.problems[0]!.path)
    expect([net.liveSteps(state), state.finished, state.joins]).toEqual([[], false, { j: ['a_j'] }])
  })

  test('lack of synchronisation: two parallel branches meet in an exclusive gateway', async () => {
    const xml = bpmn('s:startEvent f:parallelGateway a:userTask b:userTask m:exclusiveGateway c:userTask e:endEvent', 's>f; f>a; f>b; a>m; b>m; m>c; c>e')
    const report = await procedureCheck(xml)
    expect(report.problems).toEqual([{ kind: 'lackOfSync', at: 'c', path: ['a', 'b'] }])
    expect((await replay(xml, ['a', 'b'])).state.tokens).toEqual(['c', 'c'])
  })

  test('lack of synchronisation at the end event alone', async () => {
    const report = await procedureCheck(bpmn('s:startEvent f:parallelGateway a:userTask b:userTask e:endEvent', 's>f; f>a; f>b; a>e; b>e'))
    expect(report.problems).toEqual([{ kind: 'lackOfSync', at: 'e', path: ['a', 'b'] }])
  })

  test('dead step: nothing leads to it; the run that is shown never makes it live', async () => {
    const xml = bpmn('s:startEvent a:userTask d:userTask e:endEvent', 's>a; a>e; d>e')
    const report = await procedureCheck(xml)
    expect(report.problems).toEqual([{ kind: 'deadStep', at: 'd', path: ['a'] }])
    expect((await replay(xml, ['a'])).state.finished).toBe(true)
  })

  test('livelock: one outcome leads into a circle without a way out', async () => {
    const xml = bpmn('s:startEvent a:userTask x:exclusiveGateway b:userTask c:userTask e:endEvent', 's>a; a>x; x>e; x>b; b>c; c>b')
    const report = await procedureCheck(xml)
    expect(report.problems).toEqual([{ kind: 'livelock', at: 'b', path: ['a=x_b'] }])
    const { net, state } = await replay(xml, report.problems[0]!.path)
    expect(net.liveSteps(state)).toEqual(['b'])
  })

  test('no end: the end event cannot be reached', async () => {
    const report = await procedureCheck(bpmn('s:startEvent a:userTask b:userTask e:endEvent', 's>a; a>b; b>a'))
    expect(report.sound).toBe(false)
    expect(report.problems).toEqual([{ kind: 'livelock', at: 'a', path: [] }, { kind: 'noEnd', at: 'e', path: [] }])
  })

  test('an end that kills a parallel branch is sound: terminate leaves nothing behind', async () => {
    const report = await procedureCheck(bpmn('s:startEvent f:parallelGateway a:userTask b:userTask e:endEvent t:endEvent', 's>f; f>a; f>b; a>e; b>t', { t: '<terminateEventDefinition/>' }))
    expect([report.sound, report.problems]).toEqual([true, []])
  })
})

describe('what is decided about choices, loops and time', () => {
  test('an inclusive region waits for exactly the branches chosen', async () => {
    const report = await procedureCheck(bpmn('s:startEvent o:inclusiveGateway a:userTask b:userTask c:userTask j:inclusiveGateway e:endEvent', 's>o; o>a; o>b; o>c; a>j; b>j; c>j; j>e'))
    expect([report.executable, report.sound]).toEqual([true, true])
  })

  test('an inclusive join outside such a region is not supported', async () => {
    const report = await procedureCheck(bpmn('s:startEvent o:parallelGateway a:userTask b:userTask j:inclusiveGateway e:endEvent', 's>o; o>a; o>b; a>j; b>j; j>e'))
    expect(report).toMatchObject({ executable: false, sound: null, unsupported: [{ id: 'j', type: 'inclusiveGateway/join', name: 'j' }], criticalPath: null })
  })

  test('conditions without default: complements are complete, others are warned of, and soundness is not touched', async () => {
    const choice = (one: string, other: string) => procedureCheck(bpmn('s:startEvent x:exclusiveGateway a:userTask b:userTask e:endEvent f:endEvent', `s>x; x>a [${one}]; x>b [${other}]; a>e; b>f`))
    expect((await choice('area < 50', 'area >= 50')).warnings).toEqual([])
    expect((await choice('ok', 'not(ok)')).warnings).toEqual([])
    const report = await choice('area < 50', 'area > 50')
    expect([report.warnings, report.sound]).toEqual([[{ kind: 'incompleteConditions', at: 'x' }], true])
  })

  test('critical path: longest parallel branch, loop by maxRounds, waits and pauses outside', async () => {
    const nodes = 's:startEvent a:userTask:mt~workingDays=2 x:exclusiveGateway:mt~maxRounds=3 w:userTask:mt~workingDays=10:mt~applicantWait=true f:parallelGateway b:userTask:mt~workingDays=3 c:userTask:mt~workingDays=7 h:userTask:mt~workingDays=30:mt~suspensionGround=hearing j:parallelGateway e:endEvent'
    const report = await procedureCheck(bpmn(nodes, 's>a; a>x; x>w; w>a; x>f; f>b; f>c; c>h; b>j; h>j; j>e'))
    // a three times (2 × 3), then the longer branch (7); the applicant's 10 and the hearing's 30 do not count.
    expect(report.criticalPath).toEqual({ workingDays: 13, steps: ['a', 'a', 'a', 'c'] })
    expect(report.warnings).toEqual([])
  })

  test('critical path: a timer on the way takes its time, but not where the applicant is waited for', async () => {
    const days = async (period: string, more = '') => (await procedureCheck(bpmn(`s:startEvent t:intermediateCatchEvent${more} a:userTask:mt~workingDays=2 e:endEvent`, 's>t; t>a; a>e', { t: `<timerEventDefinition><timeDuration>${period}</timeDuration></timerEventDefinition>` }))).criticalPath!.workingDays
    expect(await days('P20WD')).toBe(22)
    expect(await days('P1W3D')).toBe(12)
    expect(await days('P1M')).toBe(33)
    expect(await days('PT12H')).toBe(2)
    expect(await days('P30D', ':mt~workingDays=5')).toBe(7)
    expect(await days('P30D', ':mt~applicantWait=true')).toBe(2)
  })

  test('a loop without maxRounds counts once and is warned of', async () => {
    const report = await procedureCheck(bpmn('s:startEvent a:userTask:mt~workingDays=2 x:exclusiveGateway e:endEvent', 's>a; a>x; x>a; x>e'))
    expect(report.criticalPath!.workingDays).toBe(2)
    expect(report.warnings).toEqual([{ kind: 'loopWithoutMaxRounds', at: 'a' }])
  })

  test('twelve departments in parallel, four steps each, are proved by folding, not by counting 5¹² markings', async () => {
    const branches = Array.from({ length: 12 }, (_, i) => i)
    const nodes = branches.map((i) => [1, 2, 3, 4].map((k) => `t${i}x${k}:userTask`).join(' ')).join(' ')
    const flows = branches.map((i) => `f>t${i}x1; t${i}x1>t${i}x2; t${i}x2>t${i}x3; t${i}x3>t${i}x4; t${i}x4>j`).join('; ')
    const report = await procedureCheck(bpmn(`s:startEvent f:parallelGateway j:parallelGateway e:endEvent ${nodes}`, `s>f; ${flows}; j>e`))
    expect(report.sound).toBe(true)
  })

  test('errors, timers and messages on the edge of a sub-process are alternatives of its region', async () => {
    const inner = scope('is:startEvent f:parallelGateway a:userTask b:userTask j:parallelGateway ie:endEvent', 'is>f; f>a; f>b; a>j; b>j; j>ie')
    const nodes = 's:startEvent u:subProcess t:boundaryEvent:attachedToRef=u r:boundaryEvent:attachedToRef=u m:boundaryEvent:attachedToRef=u:cancelActivity=false c:userTask d:userTask n:userTask e1:endEvent e2:endEvent e3:endEvent e4:endEvent'
    const xml = bpmn(nodes, 's>u; u>e1; t>c; c>e2; r>d; d>e3; m>n; n>e4', { u: inner, t: '<timerEventDefinition><timeDuration>P5D</timeDuration></timerEventDefinition>', r: '<errorEventDefinition/>', m: '<messageEventDefinition/>' })
    const report = await procedureCheck(xml)
    expect([report.executable, report.sound, report.problems]).toEqual([true, true, []])
    const { state } = await replay(xml, ['a', 't'])
    expect(state.tokens).toEqual(['c'])
  })
})
