import { expect, test } from 'vitest'
import { check } from './check.ts'
import { bpmn } from './fixtures.ts'
import { namesIn } from './names.ts'
import { parseProcedure } from './parse.ts'

test('what a report says of a step is its name in the reader’s language, also where two steps share the Chinese one or have no English', async () => {
  const drawn = bpmn('s:startEvent a:userTask:mt~workingDays=2:mt~nameEn=Review b:userTask:mt~workingDays=3:mt~nameEn=Survey c:userTask:mt~workingDays=1 e:endEvent', 's>a; a>b; b>c; c>e')
    .replace('id="a" name="a"', 'id="a" name="审查"').replace('id="b" name="b"', 'id="b" name="现场&#10;核查"').replace('id="c" name="c"', 'id="c" name="审查"')
  const definition = await parseProcedure(drawn)
  // The first and third are both called 审查, so the report knows them by their ids.
  const { steps } = check(definition).criticalPath!
  expect(steps).toEqual(['a', '现场 核查', 'c'])
  expect(steps.map(namesIn(definition, 'zh'))).toEqual(['审查', '现场 核查', '审查'])
  expect(steps.map(namesIn(definition, 'en'))).toEqual(['Review', 'Survey', '审查'])
  expect(namesIn(definition, 'en')('nothing of the drawing')).toBe('nothing of the drawing')
})

test('a step within a sub-process and a choice are named as well; an element without a name keeps its id', async () => {
  const definition = await parseProcedure(bpmn('s:startEvent u:subProcess e:endEvent', 's>u; u>e', { u: '<userTask id="inner" name="勘验" mt:nameEn="Inspection"/><exclusiveGateway id="choice"/>' }))
  const named = namesIn(definition, 'en')
  expect([named('勘验'), named('inner'), named('choice')]).toEqual(['Inspection', 'Inspection', 'choice'])
})
