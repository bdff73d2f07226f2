import type { Queryable } from '../db/database.ts'
import { fold } from './fold.ts'
import { phraseQuery, termQuery } from './grams.ts'
import { type Marked, snippet } from './snippet.ts'
import type { Segmenter } from './segment.ts'
import { askedPairs, longWords } from './terms.ts'

export interface Search {
  /** What somebody typed: words, a phrase, a whole question. Anything is allowed; there is no syntax to get wrong. */
  readonly q: string
  readonly source?: string
  readonly language?: 'zh' | 'en'
  /** Every one of these tags. */
  readonly tags?: readonly string[]
  /** What the reader may see beside `public`. */
  readonly visibilities?: readonly string[]
  readonly limit: number
  readonly offset: number
}
export interface Hit {
  readonly source: string
  readonly ref: string
  readonly language: 'zh' | 'en'
  readonly title: Marked
  readonly snippet: Marked
  readonly tags: readonly string[]
  /** True where everything typed stands in it word for word. */
  readonly exact: boolean
  readonly score: number
}
export interface Found { readonly hits: readonly Hit[]; readonly total: number }

interface Candidate {
  readonly id: number; readonly source: string; readonly ref: string; readonly language: 'zh' | 'en'; readonly title: string; readonly tags: readonly string[]
  readonly exact: boolean; readonly score: number; readonly total: number
}

const QUERY_LENGTH_MAX = 200
const TERMS_MAX = 60
const PHRASES_MAX = 8
/** A term in more chunks than this tells little; its further chunks are not read, so that no question is slow. */
const CHUNKS_PER_TERM_MAX = 3000
/** Segmentation only refines the order: a question does not wait for its process to start. */
const SEGMENT_WAIT_MS = 150

/**
 * Every term's documents come from its own index scan, weighted by its rarity (idf) and the document's length, as in BM25 with a
 * term counted once; a term in the title counts again. Documents that have all that was typed word for word stand first; those
 * with less than half the best score are not hits.
 */
const RANKED = `
  with size as (
    select greatest(count(*), 1)::float8 as n, greatest(coalesce(avg(length), 1), 1)::float8 as average from search.document
  ), pair as (
    select a.i, c.document_id, bool_or(c.n = 0) as titled
      from unnest($1::tsquery[]) with ordinality a(q, i)
      cross join lateral (select document_id, n from search.chunk where grams @@ a.q limit ${CHUNKS_PER_TERM_MAX}) c
     group by a.i, c.document_id
    union all
    select -a.i, c.document_id, bool_or(c.n = 0)
      from unnest($2::tsquery[]) with ordinality a(q, i)
      cross join lateral (select document_id, n from search.chunk where words @@ a.q limit ${CHUNKS_PER_TERM_MAX}) c
     group by a.i, c.document_id
  ), rarity as (
    select i, ln(1 + (greatest(n - count(*), 0) + 0.5) / (count(*) + 0.5)) as idf from pair cross join size group by i, n
  ), scored as (
    select document_id, sum(idf * (case when titled then 2 else 1 end)) as score from pair join rarity using (i) group by document_id
  ), phrased as (
    select document_id
      from unnest($3::tsquery[]) with ordinality a(q, i)
      cross join lateral (select distinct document_id from search.chunk where grams @@ a.q) c
     group by document_id
    having count(*) = cardinality($3::tsquery[])
  ), visible as (
    select d.id, p.document_id is not null as exact, coalesce(s.score, 0) * 2.2 / (1 + 1.2 * (0.8 + 0.2 * d.length / size.average)) as score
      from scored s
      full join phrased p using (document_id)
      join search.document d on d.id = coalesce(s.document_id, p.document_id)
     cross join size
     where d.visibility = any($4::text[])
       and ($5::text is null or d.source = $5)
       and ($6::text is null or d.language = $6)
       and ($7::text[] is null or d.tags @> $7::text[])
  ), hit as (
    select v.*, count(*) over () as total from visible v where exact or score >= 0.5 * (select max(score) from visible)
  )
  select d.id, d.source, d.ref, d.language, d.title, d.tags, h.exact, h.score, h.total
    from hit h
    join search.document d on d.id = h.id
   order by h.exact desc, d.title_key = $8 desc, h.score desc, d.id
   limit $9 offset $10`

/** An empty question finds nothing. `total` counts every hit the reader may see. */
export async function findDocuments(db: Queryable, segment: Segmenter, search: Search): Promise<Found> {
  const folded = fold(search.q.slice(0, QUERY_LENGTH_MAX)).replaceAll('\0', ' ').trim()
  const pairs = askedPairs(folded).slice(0, TERMS_MAX)
  const phrases = folded.split(/\s+/).map(phraseQuery).filter((phrase) => phrase !== undefined).slice(0, PHRASES_MAX)
  if (phrases.length === 0) return { hits: [], total: 0 }
  const words = [...new Set(longWords(await wordsOf(segment, folded)).map(({ term }) => term))].filter((term) => !pairs.includes(term)).slice(0, TERMS_MAX)
  const rows = await db.prepared<Candidate>('search_find', RANKED, [
    pairs.map(termQuery), words.map(termQuery), phrases, ['public', ...(search.visibilities ?? [])],
    search.source ?? null, search.language ?? null, search.tags === undefined || search.tags.length === 0 ? null : search.tags, folded, search.limit, search.offset,
  ])
  const terms = [...folded.split(/\s+/), ...words, ...pairs]
  const texts = await passages(db, rows, pairs, phrases)
  return {
    total: rows[0]?.total ?? (search.offset === 0 ? 0 : await countHits(db, segment, search)),
    hits: rows.map(({ id, source, ref, language, title, tags, exact, score }) => ({
      source, ref, language, tags, exact, score, title: snippet(title, terms, Number.POSITIVE_INFINITY), snippet: snippet(texts.get(id) ?? '', terms, 120),
    })),
  }
}

/** Beyond the last page there is no row to read the total from. */
const countHits = async (db: Queryable, segment: Segmenter, search: Search): Promise<number> => (await findDocuments(db, segment, { ...search, limit: 1, offset: 0 })).total

/** Of each document the chunk that speaks most of what was asked. */
async function passages(db: Queryable, rows: readonly Candidate[], pairs: readonly string[], phrases: readonly string[]): Promise<Map<number, string>> {
  if (rows.length === 0) return new Map()
  const asked = [...phrases.map((phrase) => `(${phrase})`), ...pairs.map(termQuery)].join(' | ')
  const found = await db.prepared<{ id: number; text: string }>('search_passages', `
    select d.id, c.text
      from unnest($1::bigint[]) d(id)
      cross join lateral (
        select text from search.chunk where document_id = d.id and n > 0 order by ts_rank(grams, $2::tsquery) desc, n limit 1
      ) c`, [rows.map(({ id }) => id), asked])
  return new Map(found.map(({ id, text }) => [id, text]))
}

const remembered = new Map<string, readonly string[]>()

async function wordsOf(segment: Segmenter, folded: string): Promise<readonly string[]> {
  const known = remembered.get(folded)
  if (known !== undefined) return known
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => { timer = setTimeout(() => resolve(undefined), SEGMENT_WAIT_MS) })
  const [answer] = await Promise.allSettled([Promise.race([segment.words([folded]), late])])
  clearTimeout(timer)
  // Without words the pairs still find everything; only the order is a little coarser.
  if (answer.status === 'rejected' || answer.value === undefined) return []
  const words = answer.value[0] ?? []
  if (remembered.size >= 2000) remembered.clear()
  remembered.set(folded, words)
  return words
}
