import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../base/canonical-json.ts'
import { dayAt } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import type { Matter } from '../../kernel/flow/types.ts'
import type { CaseData, VolumePiece } from './case.ts'
import { serialOf } from './documents.ts'
import { LIGHT_EVIDENCE } from './lights/light.ts'

/** A piece as it lies in the case; `sealing` where it is of the filing itself: a directory, or the act that made one. */
export interface FoundPiece extends VolumePiece { readonly sealing: boolean }

const DIRECTORIES: readonly string[] = ['contents', 'supplementContents']
const SEALING_ACTS: readonly string[] = ['close', 'addVolume']

/** Every paper, file and act of a case with its hash (国务院关于在线政务服务的若干规定 第十二条). */
export async function piecesOf(db: Queryable, { id, no }: Pick<Matter<CaseData>, 'id' | 'no'>): Promise<FoundPiece[]> {
  const [row] = await db.prepared<{ papers: readonly { kind: string; name: Bilingual; no: string; facts: Json }[]; files: readonly { name: string; sha256: string }[]; acts: readonly { act: string; leaf_hash: string; at: string }[] }>('cases_volume', `
select (select coalesce(json_agg(json_build_object('kind', p.kind, 'name', p.name, 'no', p.no, 'facts', p.facts) order by p.made_at, p.id), '[]') from cases.paper p where p.matter_id = $1) as papers,
       (select coalesce(json_agg(json_build_object('name', f.name, 'sha256', f.sha256) order by f.uploaded_at, f.id), '[]') from files.use u join files.file f on f.id = u.file_id where u.matter_id = $1 and u.what <> '${LIGHT_EVIDENCE}') as files,
       (select coalesce(json_agg(json_build_object('act', a.act, 'leaf_hash', a.leaf_hash, 'at', a.at) order by a.seq), '[]') from flow.act a where a.matter_id = $1) as acts`, [id])
  const { papers, files, acts } = row!
  return [
    ...papers.map((one) => ({ title: titleOf(one.name, one.no.replace('{serial}', serialOf(no))), sha256: createHash('sha256').update(canonicalJson(one.facts)).digest('hex'), sealing: DIRECTORIES.includes(one.kind) })),
    ...files.map(filePiece),
    ...acts.map((one) => ({ title: titleOf({ zh: `行为 ${one.act}`, en: `Act ${one.act}` }, dayAt(new Date(one.at))), sha256: Buffer.from(one.leaf_hash, 'base64').toString('hex'), sealing: SEALING_ACTS.includes(one.act) })),
  ]
}

/** Files handed in with a supplement volume, which lie in the case only once it is added. */
export async function filesToAdd(db: Queryable, ids: readonly string[]): Promise<FoundPiece[]> {
  if (ids.length === 0) return []
  return (await db.prepared<{ name: string; sha256: string }>('cases_volume_files', `
select f.name, f.sha256
  from files.file f
 where f.id = any($1::uuid[])
 order by f.uploaded_at, f.id`, [ids])).map(filePiece)
}

/** What no volume lists yet, each piece once. */
export function notYetListed(pieces: readonly FoundPiece[], volumes: readonly { readonly contents: readonly VolumePiece[] }[]): FoundPiece[] {
  const seen = new Set(volumes.flatMap(({ contents }) => contents.map(keyOf)))
  return pieces.filter((piece) => !seen.has(keyOf(piece)) && seen.add(keyOf(piece)))
}

const keyOf = ({ title, sha256 }: VolumePiece): string => `${sha256} ${title.zh}`
const filePiece = ({ name, sha256 }: { readonly name: string; readonly sha256: string }): FoundPiece => ({ title: { zh: name, en: name }, sha256, sealing: false })
const titleOf = (name: Bilingual, more: string): Bilingual => ({ zh: `${name.zh} ${more}`, en: `${name.en} ${more}` })
