import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '../src/kernel/db/database.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { migrate, migrationSets } from '../src/kernel/db/migrate.ts'
import { packageRoot } from '../src/kernel/db/root.ts'
import { findDocuments } from '../src/kernel/search/find-documents.ts'
import { indexDocuments, type SearchDocument } from '../src/kernel/search/index-documents.ts'
import { jiebaSegmenter, type Segmenter } from '../src/kernel/search/segment.ts'
import { removeData } from '../tests/setup.ts'

const ITEMS = 2000
const QUESTIONS = ['许可', '食品经营', '备案', '居住证', '身份证丢了怎么补办', '医疗机构执业登记', '企业 变更', '公司设立', '户口迁移需要什么材料', '排污', '建设工程规划许可证核发', '社保', '退休', '价格', '车', '广告发布登记', '民办学校 终止', '残疾人补贴申请条件', '道路运输', '取水许可']
const ROUNDS = 5

/** Searching two thousand service items: what people type, each question several times, against a LIKE over the same texts. */
export async function run(): Promise<{ name: string; figures: Record<string, number>; goals: { goal: string; ok: boolean; detail: string }[] }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-bench-'))
  const server = await startEmbedded({ dataDir })
  const admin = openDatabase(server.adminUrl, { max: 2 })
  const db = openDatabase(server.appUrl)
  const segment = jiebaSegmenter()
  try {
    await migrate(admin, migrationSets(['db', 'search']))
    return await measure(db, admin, segment)
  } finally {
    await Promise.all([segment.close(), db.close(), admin.close()])
    await server.stop()
    removeData(dataDir, server.cluster)
  }
}

async function measure(db: Database, admin: Database, segment: Segmenter) {
  const before = process.memoryUsage.rss()
  const indexing = await timed(() => indexDocuments(db, segment, items()))
  await admin.query('vacuum analyze search.document')
  await admin.query('vacuum analyze search.chunk')
  const ours: number[] = []
  const like: number[] = []
  let [found, missed] = [0, 0]
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const q of QUESTIONS) {
      ours.push(await timed(async () => { found += (await findDocuments(db, segment, { q, limit: 20, offset: 0 })).total }))
      like.push(await timed(() => db.query('select distinct document_id from search.chunk where text like $1 limit 20', [`%${q}%`])))
    }
  }
  for (const q of ['许可', '食品经营', '备案', '公司设立', '排污', '社保', '价格', '取水许可']) missed += await missedOf(db, segment, q)
  const p95 = percentile(ours, 0.95)
  const childMb = Math.round(segment.rssBytes() / 1e6)
  return {
    name: 'search',
    figures: {
      items: ITEMS, 'indexing ms': Math.round(indexing), 'p50 ms': percentile(ours, 0.5), 'p95 ms': p95, 'LIKE p50 ms': percentile(like, 0.5), 'LIKE p95 ms': percentile(like, 0.95),
      'hits per question': Math.round(found / (ROUNDS * QUESTIONS.length)), 'segmentation process MB': childMb, 'growth of this process MB': Math.round((process.memoryUsage.rss() - before) / 1e6),
    },
    goals: [
      { goal: 'p95 < 15 ms on 2,000 items', ok: p95 < 15, detail: `${p95} ms` },
      { goal: 'every text that LIKE finds is found', ok: missed === 0, detail: `${missed} missed` },
    ],
  }
}

/** How many of LIKE's documents are not among ours. */
async function missedOf(db: Database, segment: Segmenter, q: string): Promise<number> {
  const truth = await db.query<{ ref: string }>('select distinct d.ref from search.document d join search.chunk c on c.document_id = d.id where c.text like $1 or d.title like $1', [`%${q}%`])
  const refs = new Set((await findDocuments(db, segment, { q, limit: ITEMS, offset: 0 })).hits.map(({ ref }) => ref))
  return truth.filter(({ ref }) => !refs.has(ref)).length
}

/** Real guides where the data is there, filled up with variations of their words where there are fewer. */
function items(): SearchDocument[] {
  const file = join(process.env.MINGTANG_SHARED ?? join(packageRoot(), '../shared'), 'data/serviceitems_zh/items_2262_dev_half.jsonl')
  const real = existsSync(file)
    ? readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>).map((row) => ({ title: String(row.TASK_NAME ?? row.CATANAME), text: Object.values(row).filter((v): v is string => typeof v === 'string' && /\p{Script=Han}/u.test(v)).join('\n') }))
    : QUESTIONS.map((title) => ({ title, text: `${title}的办理条件、材料和期限。`.repeat(30) }))
  return Array.from({ length: ITEMS }, (_, i) => {
    const { title, text } = real[i % real.length]!
    const turn = Math.floor(i / real.length)
    return { source: 'item', ref: String(i), language: 'zh' as const, title: turn === 0 ? title : `${title}（${turn}）`, text: text.slice(turn * 7), visibility: 'public', revision: '1' }
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const percentile = (times: readonly number[], p: number): number => Math.round(times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * p))]! * 10) / 10
