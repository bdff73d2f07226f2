import { dayAt, startOfDay, type CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import { insertRows } from '../../kernel/flow/insert-rows.ts'
import type { House } from '../../kernel/house.ts'
import { owe } from '../../kernel/notify/owe.ts'

/** Half past eight: before counters open. */
const MORNING_MINUTES = 8 * 60 + 30
const morningOf = (day: CivilDay): Date => new Date(startOfDay(day).getTime() + MORNING_MINUTES * 60_000)

/**
 * Working days that ended without the sign-off of a counter's post (practice 3): on the next working morning whoever held the post and
 * the chief representatives are told, each once a day. After a downtime the days follow in their order; nothing is told on a day of rest.
 */
export async function remindUnsigned(house: House): Promise<void> {
  const now = house.time.now()
  const today = dayAt(now)
  const calendar = house.calendar()
  if (!calendar.isWorking(today) || now < morningOf(today)) return
  const next = (day: CivilDay): CivilDay => calendar.addWorkingDays(day, 1).day
  const [last] = await house.db.prepared<{ day: CivilDay | null }>('cases_unsigned_last', 'select max(day) as day from cases.unsigned_day', [])
  for (let day = last?.day ? next(last.day) : calendar.subtractWorkingDays(today, 1).day; day < today; day = next(day)) {
    const at = morningOf(next(day))
    await house.db.transaction((tx) => remind(tx, day, at, now))
  }
}

interface UnsignedPost { readonly postId: string; readonly post: Bilingual; readonly organisationId: string; readonly persons: readonly string[]; readonly unsent: number }

async function remind(tx: Queryable, day: CivilDay, at: Date, now: Date): Promise<void> {
  // Of two sweeps at once the later waits here and finds the day done.
  const mine = await tx.query('insert into cases.unsigned_day (day, reminded_at) values ($1, $2) on conflict do nothing returning day', [day, now])
  if (mine.length === 0) return
  const posts = await tx.query<UnsignedPost>(UNSIGNED, [day])
  const told = new Map<string, UnsignedPost[]>()
  const tell = (persons: readonly string[], post: UnsignedPost): void => { for (const person of new Set(persons)) told.set(person, [...(told.get(person) ?? []).filter((one) => one.postId !== post.postId), post]) }
  const chiefs = new Map<string, readonly string[]>()
  for (const post of posts) {
    if (!chiefs.has(post.organisationId)) chiefs.set(post.organisationId, (await tx.query<{ id: string }>(CHIEFS, [post.organisationId, dayAt(at)])).map(({ id }) => id))
    tell([...post.persons, ...chiefs.get(post.organisationId)!], post)
  }
  for (const [personId, of] of told) {
    const names = (language: 'zh' | 'en'): string => of.map(({ post }) => post[language]).join(language === 'zh' ? '、' : '; ')
    await insertRows(tx, owe({ key: `unsigned:${day}`, to: { personId }, template: 'dayUnsigned', slots: { on: day, n: of.length, posts: { zh: names('zh'), en: names('en') }, unsent: of.reduce((sum, { unsent }) => sum + unsent, 0) } as never, matter: null, at }))
  }
}

/** Posts that accept, which somebody could act from that day and nobody signed off; with the notices ticked there and not sent yet. */
const UNSIGNED = `
select p.id as "postId", jsonb_build_object('zh', o.short_zh || p.name_zh, 'en', o.short_en || ': ' || p.name_en) as post, p.organisation_id as "organisationId", array_agg(h.person_id order by h.cover) as persons,
       (select count(*)::int from cases.unsent_notice n join flow.matter m on m.id = n.matter_id and m.stage = 'submitted' where n.post_id = p.id and n.state = 'open') as unsent
  from org.post p
  join org.organisation o on o.id = p.organisation_id
  join org.role r on r.code = p.role and 'cases.accept' = any(r.permissions)
  join org.holding h on h.post_id = p.id and $1::date >= h.valid_from and (h.valid_to is null or $1::date <= h.valid_to)
 where exists (select from jsonb_array_elements(org.held_posts(h.person_id, $1::date)) held where (held ->> 'postId')::uuid = p.id)
   and not exists (select from cases.sign_off s where s.post_id = p.id and s.day = $1::date)
 group by p.id, o.id
 order by o.code, p.code`

/** Chief representatives of the post's own organisation; where it has none (the centre), of those in whose name it accepts. */
const CHIEFS = `
with chief as (
  select distinct p.organisation_id, h.person_id
    from org.post p
    join org.holding h on h.post_id = p.id and $2::date >= h.valid_from and (h.valid_to is null or $2::date <= h.valid_to)
   where p.role = 'chief' and $2::date >= p.valid_from and (p.valid_to is null or $2::date <= p.valid_to)),
     own as (select person_id from chief where organisation_id = $1)
select person_id as id from own
union
select c.person_id
  from org.authorisation a
  join chief c on c.organisation_id = a.from_organisation_id
 where a.kind = 'entrustment' and a.to_organisation_id = $1 and 'accept' = any(a.acts) and a.revoked_on is null and $2::date between a.valid_from and a.valid_to
   and not exists (select from own)`
