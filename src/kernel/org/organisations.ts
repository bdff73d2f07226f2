import type { CivilDay } from '../../base/civil-day.ts'
import type { Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import { HOLDER, holderOf, type Holder, type HolderRow } from './holders.ts'
import { authorisationOf, organisationOf, postOf, siteOf, counterOf, type Row } from './rows.ts'
import type { AuthorisationEntry, Counter, Organisation, OrganisationNode, Post, Site } from './types.ts'

const ON_DAY = (table: string, day: string) => `${day}::date >= ${table}.valid_from and (${table}.valid_to is null or ${day}::date <= ${table}.valid_to)`

/** The organisations of a day under their parents; one whose parent is closed or absent stands at the top. */
export async function organisationTree(db: Queryable, day: CivilDay): Promise<readonly OrganisationNode[]> {
  const rows = (await db.query<Row>(`select * from org.organisation o where ${ON_DAY('o', '$1')} order by level, code`, [day])).map(organisationOf)
  const ids = new Set(rows.map((row) => row.id))
  const childrenOf = new Map<string | null, Organisation[]>()
  for (const row of rows) {
    const parent = row.parentId !== null && ids.has(row.parentId) ? row.parentId : null
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), row])
  }
  const grow = (parent: string | null): OrganisationNode[] => (childrenOf.get(parent) ?? []).map((row) => ({ ...row, children: grow(row.id) }))
  return grow(null)
}

export async function getOrganisation(db: Queryable, id: string): Promise<Organisation> {
  const [row] = await db.query<Row>('select * from org.organisation where id = $1', [id])
  if (!row) throw refuse('not-found', { what: { zh: '机构', en: 'organisation' } })
  return organisationOf(row)
}

/** By USCC, as of a day. */
export async function findOrganisationByCode(db: Queryable, code: string, day: CivilDay): Promise<Organisation | undefined> {
  const [row] = await db.query<Row>(`select * from org.organisation o where code = $1 and ${ON_DAY('o', '$2')}`, [code, day])
  return row && organisationOf(row)
}

export interface Paging { readonly page?: number; readonly size?: number }
export interface Found<T> { readonly items: readonly T[]; readonly total: number }
const SIZE_MAX = 100
const window = ({ page = 1, size = 20 }: Paging) => {
  const limit = Math.min(Math.max(1, Math.trunc(size)), SIZE_MAX)
  return { limit, offset: (Math.max(1, Math.trunc(page)) - 1) * limit }
}

export interface PostWithHolders extends Post {
  readonly organisation: { readonly id: string; readonly code: string; readonly name: { readonly zh: string; readonly en: string } }
  readonly holders: readonly Holder[]
}

/**
 * The screen "organisation and posts": posts of a day with A and B. `q` looks into names of post, organisation and holder, post code
 * and staff number. Pages count from 1; at most 100 a page.
 */
export async function findPosts(db: Queryable, day: CivilDay, ask: Paging & { readonly q?: string; readonly organisationId?: string; readonly role?: string } = {}): Promise<Found<PostWithHolders>> {
  const { limit, offset } = window(ask)
  const rows = await db.query<Row & { o_id: string; o_code: string; o_zh: string; o_en: string; holders: HolderRow[]; total: number }>(`
    with holder as (${HOLDER})
    select p.*, o.id as o_id, o.code as o_code, o.name_zh as o_zh, o.name_en as o_en, count(*) over () as total,
           coalesce((select jsonb_agg(to_jsonb(holder) order by holder.cover) from holder where holder.post_id = p.id), '[]') as holders
      from org.post p
      join org.organisation o on o.id = p.organisation_id
     where ${ON_DAY('p', '$1')} and ${ON_DAY('o', '$1')}
       and ($2::uuid is null or o.id = $2)
       and ($3::text is null or p.role = $3)
       and ($4 = '' or strpos(lower(concat_ws(' ', p.code, p.name_zh, p.name_en, o.name_zh, o.name_en, o.short_zh)), $4) > 0
            or exists (select from holder join org.person n on n.id = holder.person_id
                        where holder.post_id = p.id and strpos(lower(concat_ws(' ', n.name_zh, n.name_en, n.staff_no)), $4) > 0))
     order by o.level, o.code, p.code
     limit $5 offset $6`, [day, ask.organisationId ?? null, ask.role ?? null, (ask.q ?? '').trim().toLowerCase(), limit, offset])
  return {
    items: rows.map((row) => ({
      ...postOf(row),
      organisation: { id: row.o_id, code: row.o_code, name: { zh: row.o_zh, en: row.o_en } },
      holders: row.holders.map(holderOf),
    })),
    total: rows[0]?.total ?? (offset === 0 ? 0 : (await findPosts(db, day, { ...ask, page: 1, size: 1 })).total),
  }
}

export async function findSites(db: Queryable, day: CivilDay): Promise<readonly Site[]> {
  return (await db.query<Row>(`select * from org.site s where ${ON_DAY('s', '$1')} order by kind, name_zh`, [day])).map(siteOf)
}

export async function findCounters(db: Queryable, siteId: string, day: CivilDay): Promise<readonly Counter[]> {
  return (await db.query<Row>(`select * from org.counter c where site_id = $1 and ${ON_DAY('c', '$2')} order by code`, [siteId, day])).map(counterOf)
}

/** All authorisations given or received by an organisation, ended ones too, newest first. */
export async function findAuthorisations(db: Queryable, organisationId: string): Promise<readonly AuthorisationEntry[]> {
  const rows = await db.query<Row>(`
    select * from org.authorisation
     where from_organisation_id = $1 or to_organisation_id = $1
        or to_person_id in (select h.person_id from org.holding h join org.post p on p.id = h.post_id where p.organisation_id = $1)
     order by valid_from desc, id`, [organisationId])
  return rows.map(authorisationOf)
}

/** What happened to one row: every command with the whole row after it, oldest first. */
export async function changesOf(db: Queryable, subjectId: string): Promise<readonly { readonly at: Date; readonly byPersonId: string | null; readonly command: string; readonly row: unknown }[]> {
  return db.query(`select at, by_person_id as "byPersonId", command, row from org.change where subject_id = $1 order by id`, [subjectId])
}
