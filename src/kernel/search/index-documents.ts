import type { Database, Queryable } from '../db/database.ts'
import { chunksOf } from './chunks.ts'
import { fold } from './fold.ts'
import { gramsOf, vectorText } from './grams.ts'
import type { Segmenter } from './segment.ts'
import { longWords } from './terms.ts'

/** What a module declares searchable. `source` + `ref` + `language` name it. */
export interface SearchDocument {
  /** Kind of thing, `catalog.item`. */
  readonly source: string
  /** Its own name there, the item's code. */
  readonly ref: string
  readonly language: 'zh' | 'en'
  readonly title: string
  readonly text: string
  readonly tags?: readonly string[]
  /** `public`, or what a reader must be allowed to see. */
  readonly visibility: string
  /** An unchanged one is not indexed again. */
  readonly revision: string
}

const BATCH = 50

/** Makes these findable, each in a transaction of its own; answers how many were new or changed. Safe to repeat and to run at once. */
export async function indexDocuments(db: Database, segment: Segmenter, documents: readonly SearchDocument[]): Promise<number> {
  let changed = 0
  for (let i = 0; i < documents.length; i += BATCH) {
    const stale = await findStale(db, documents.slice(i, i + BATCH))
    const pieces = stale.map((document) => [document.title, ...chunksOf(document.text)])
    const words = await segment.words(pieces.flat().map(fold))
    let at = 0
    for (const [n, document] of stale.entries()) {
      const own = pieces[n]!
      const ownWords = words.slice(at, at + own.length)
      at += own.length
      await db.transaction((tx) => write(tx, document, own.slice(1), ownWords))
    }
    changed += stale.length
  }
  return changed
}

async function findStale(db: Queryable, documents: readonly SearchDocument[]): Promise<SearchDocument[]> {
  const kept = await db.query<{ source: string; ref: string; language: string; revision: string }>(
    `select source, ref, language, revision from search.document
      where (source, ref) in (select * from unnest($1::text[], $2::text[]))`, [documents.map((d) => d.source), documents.map((d) => d.ref)])
  const revisions = new Map(kept.map((row) => [`${row.source}\n${row.ref}\n${row.language}`, row.revision]))
  return documents.filter((d) => revisions.get(`${d.source}\n${d.ref}\n${d.language}`) !== d.revision)
}

async function write(tx: Queryable, document: SearchDocument, chunks: readonly string[], words: readonly (readonly string[])[]): Promise<void> {
  const { source, ref, language, title, tags = [], visibility, revision } = document
  const titleGrams = gramsOf(fold(title))
  const grams = chunks.map((chunk) => gramsOf(fold(chunk)))
  const [row] = await tx.query<{ id: number }>(`
    insert into search.document (source, ref, language, title, title_key, tags, visibility, revision, length)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (source, ref, language) do update
      set title = excluded.title, title_key = excluded.title_key, tags = excluded.tags, visibility = excluded.visibility, revision = excluded.revision, length = excluded.length
    returning id`,
  [source, ref, language, title, fold(title), tags, visibility, revision, Math.max(1, titleGrams.length + grams.reduce((sum, own) => sum + own.length, 0))])
  await tx.query('delete from search.chunk where document_id = $1', [row!.id])
  const titleRow = { n: 0, text: '', grams: vectorText(titleGrams, 'A'), words: vectorText(longWords(words[0]!), 'A') }
  const rows = [titleRow, ...chunks.map((text, i) => ({ n: i + 1, text, grams: vectorText(grams[i]!), words: vectorText(longWords(words[i + 1]!)) }))]
  await tx.query(`
    insert into search.chunk (document_id, n, text, grams, words)
    select $1, c.n, c.text, c.grams::tsvector, c.words::tsvector
      from unnest($2::integer[], $3::text[], $4::text[], $5::text[]) c(n, text, grams, words)`,
  [row!.id, rows.map((r) => r.n), rows.map((r) => r.text), rows.map((r) => r.grams), rows.map((r) => r.words)])
}

/** Forgets these documents of a source in every language; answers how many there were. */
export async function removeDocuments(db: Queryable, source: string, refs: readonly string[]): Promise<number> {
  if (refs.length === 0) return 0
  return (await db.query('delete from search.document where source = $1 and ref = any($2::text[]) returning id', [source, refs])).length
}
