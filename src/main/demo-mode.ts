import { refusals } from '../base/refusal.ts'
import type { Database } from '../kernel/db/database.ts'

export const refuse = refusals('demo', {
  'is-demo': { status: 409, zh: '这是演示数据库，不能以 MINGTANG_DEMO=0 启动', en: 'This is a demo database; it does not start with MINGTANG_DEMO=0' },
  'not-empty': { status: 409, zh: '数据库已有正式数据，不能以 MINGTANG_DEMO=1 启动', en: 'This database holds real data; it does not start with MINGTANG_DEMO=1' },
})

export interface DemoMode {
  readonly isDemo: boolean
  /** An empty database that is to become the demo district. */
  readonly toLoad: boolean
  /** Remembered in the database, when the district stands. */
  remember(): Promise<void>
}

/**
 * A database remembers that it is a demo. Default: demo only with the embedded server and an empty database; a demo database
 * refuses to start as a real one, and a real one as a demo (decisions 3).
 */
export async function demoMode(admin: Database, wanted: boolean | null, embedded: boolean): Promise<DemoMode> {
  await admin.query('create table if not exists db.setting (name text primary key, value text not null)')
  const [row] = await admin.query<{ value: string }>(`select value from db.setting where name = 'demo'`)
  const [{ empty }] = (await admin.query<{ empty: boolean }>('select not exists (select from org.organisation) as empty')) as [{ empty: boolean }]
  const remembered = row?.value === '1'
  if (remembered && wanted === false) throw refuse('is-demo')
  if (!remembered && !empty && wanted === true && row?.value !== 'loading') throw refuse('not-empty')
  // A load that was killed in the middle is begun again from an emptied database.
  const interrupted = row?.value === 'loading'
  const isDemo = remembered || interrupted || (empty && (wanted ?? embedded))
  return {
    isDemo, toLoad: isDemo && !remembered,
    remember: async () => { await admin.query(`insert into db.setting (name, value) values ('demo', '1') on conflict (name) do update set value = '1'`) },
  }
}
