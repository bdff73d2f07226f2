import { expect, test } from 'vitest'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { DeferredOutcome } from '../contract.ts'
import { readItems } from './items.ts'
import { readTown } from './organisations.ts'

/** What the words of a guide must say for what the program does. */
const SAYS: Readonly<Record<DeferredOutcome, { readonly zh: RegExp; readonly en: RegExp }>> = {
  refused: { zh: /不予(许可|登记|批准|注册|核准|认定)|不同意/, en: /refused|not agreed/ },
  resultWithheld: { zh: /暂不发放|暂不制证|暂缓(制证|发放)/, en: /kept back until|not made until|payment waits/ },
  decidedOnEvidence: { zh: /依.+认定/, en: /determined on/ },
}

test('every guide says in words what comes of a missed day, and says what the program does', () => {
  const deferring = readItems(readTown(), '2026-03-02' as CivilDay).flatMap(({ file, item }) => (item.deferredAcceptance ? [{ file, ...item.deferredAcceptance }] : []))
  expect(deferring).toHaveLength(34)
  for (const { file, onMissed, outcome } of deferring) {
    const said = (Object.keys(SAYS) as DeferredOutcome[]).filter((one) => SAYS[one].zh.test(outcome.zh))
    expect([file, said]).toEqual([file, [onMissed]])
    expect([file, outcome.en]).toEqual([file, expect.stringMatching(SAYS[onMissed].en)])
    expect(outcome.zh, file).not.toMatch(/撤销|注销/)
  }
})
