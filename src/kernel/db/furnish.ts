import pg from 'pg'
import type { Memory } from './cluster.ts'
import { ROLES } from './roles.ts'

/** Roles with their passwords and the database `mingtang`; may be repeated after a crash in the middle. */
export async function furnish(memory: Memory): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port: memory.port, user: 'postgres', password: memory.passwords.postgres, database: 'postgres' })
  await client.connect()
  try {
    for (const [key, role] of Object.entries(ROLES) as [keyof typeof ROLES, string][]) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
      const verb = rowCount === 0 ? 'create' : 'alter'
      await client.query(`${verb} role ${role} login password ${client.escapeLiteral(memory.passwords[key])}`)
    }
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'mingtang'")
    if (rowCount === 0) await client.query(`create database mingtang owner ${ROLES.owner}`)
    await client.query(closeToPublic('mingtang'))
  } finally {
    await client.end()
  }
}

/** Only the four roles connect. */
export const closeToPublic = (database: string): string => `
  revoke all on database ${database} from public;
  grant connect, temporary on database ${database} to ${ROLES.app}, ${ROLES.sequencer}, ${ROLES.retention}`
