import { addDays, startOfDay } from '../../base/civil-day.ts'
import type { House } from '../../kernel/house.ts'
import { listMessages, markRead } from '../../kernel/notify/messages.ts'
import { officersOn } from './officers.ts'

/** Officers have read what they were told up to a week ago; the rest lies unread in their message centres. */
export async function readOldMessages({ db, time }: House): Promise<void> {
  const weekAgo = startOfDay(addDays(time.today(), -7))
  for (const { personId } of await officersOn(db, time.today())) {
    const old = (await listMessages(db, { personId }, { limit: 1000, offset: 0 })).filter(({ createdAt }) => createdAt < weekAgo)
    if (old.length > 0) await markRead(db, { personId }, weekAgo, old.map(({ id }) => id))
  }
}
