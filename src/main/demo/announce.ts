import { sweep } from '../../kernel/clock/sweep.ts'
import type { ActAnswer } from '../../kernel/flow/types.ts'
import type { House } from '../../kernel/house.ts'
import { warnOf } from '../../domains/cases/warnings.ts'

/** What the sweep would have announced of a case by then, on the case's own simulated calendar and with the warnings it sends. */
export async function announceUntil(house: House, { matter, clocks }: ActAnswer, instant: Date): Promise<void> {
  if (!clocks.some(({ nextAt }) => nextAt !== null && new Date(nextAt) <= instant)) return
  await sweep(house.db, instant, house.calendar(), house.clockRule, { matterId: matter.id, onRung: (batch, tx) => warnOf(house, tx, batch, instant) })
}
