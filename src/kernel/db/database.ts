import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { refuse } from './errors.ts'
import { Refusal } from '../../base/refusal.ts'

/** What can be asked: a whole database, one transaction, or one connection. */
export interface Queryable {
  query<R = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<R[]>
  /** As `query`, by a statement that each connection prepares once under this name. One name, one text. */
  prepared<R = Record<string, unknown>>(name: string, text: string, values?: readonly unknown[]): Promise<R[]>
}

/**
 * A pool of connections under one login. While the server is away every call is refused with `db/unavailable` (503, retry after
 * two seconds) and works again by itself afterwards; a statement whose connection broke may or may not have been done. A server that
 * is there and cannot do it now refuses with 503 too, and nothing was done: `db/read-only`, `db/no-space`, `db/overloaded`.
 */
export interface Database extends Queryable {
  readonly url: string
  readonly pool: pg.Pool
  kysely<T>(): Kysely<T>
  /** begin … commit at READ COMMITTED; rolled back when `work` throws. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
  /** One connection for session state: LISTEN, advisory locks, COPY. */
  withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Connections at most; default 10. */
  readonly max?: number
  /** Milliseconds that a call waits for a connection before it is refused; default 5000. */
  readonly connectionTimeoutMs?: number
  /** Milliseconds after which the server ends a statement, and five seconds later we give it up; default none. */
  readonly statementTimeoutMs?: number
  /** Shown as application_name in pg_stat_activity. */
  readonly name?: string
  /** Told when an idle connection breaks. The pool replaces it by itself. */
  readonly onLost?: (error: Error) => void
}

/** How much later than the server itself we give a statement up. */
const SILENCE_MS = 5_000

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 5_000,
    keepAlive: true,
    types: { getTypeParser: typeParser },
    application_name: options.name ?? 'mingtang',
    // A server that lives ends the statement itself; one that hangs, or a line that is dead, is not waited for much longer.
    ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: options.statementTimeoutMs, query_timeout: options.statementTimeoutMs + SILENCE_MS }),
  })
  pool.on('error', (error) => options.onLost?.(error))
  // A connection in somebody's hands reports its loss through the failing call; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', ignoreLoss))

  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch(reject)
    let lost = false
    try {
      return await work(client)
    } catch (error) {
      lost = isConnectionLoss(error)
      return reject(error)
    } finally {
      client.release(lost)
    }
  }

  return {
    url,
    pool,
    ...queryable(pool),
    kysely: <T>() => new Kysely<T>({ dialect: new PostgresDialect({ pool: politePool(pool) }) }),
    withClient,
    transaction: (work) => withClient(async (client) => {
      await client.query('begin')
      try {
        const result = await work(queryable(client))
        await client.query('commit')
        return result
      } catch (error) {
        if (!isConnectionLoss(error)) await client.query('rollback')
        throw error
      }
    }),
    close: () => pool.end(),
  }
}

export function queryable(on: pg.Pool | pg.ClientBase): Queryable {
  return {
    query: async <R>(text: string, values?: readonly unknown[]) =>
      (await on.query<R & pg.QueryResultRow>(text, values as unknown[] | undefined).catch(reject)).rows as R[],
    prepared: async <R>(name: string, text: string, values?: readonly unknown[]) =>
      (await on.query<R & pg.QueryResultRow>({ name, text, values: values as unknown[] | undefined }).catch(reject)).rows as R[],
  }
}

/** Kysely takes its connections itself; these refuse as ours do. */
function politePool(pool: pg.Pool) {
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect().catch(reject)
    return {
      query: (async (text: string, values: readonly unknown[]) => client.query(text, values as unknown[]).catch(reject)) as unknown as PostgresPoolClient['query'],
      release: () => client.release(),
    }
  }
  return { connect, end: () => pool.end() }
}

function ignoreLoss(): void {}

function reject(error: unknown): never {
  const refusal = error instanceof Refusal ? undefined : refusalOf(error)
  if (refusal === undefined) throw error
  refusal.cause = error
  throw refusal
}

/** What is the matter with the server, where the statement is not to blame. */
function refusalOf(error: unknown): Refusal | undefined {
  if (isConnectionLoss(error)) return refuse('unavailable', {}, { retryAfter: 2 })
  switch (sqlState(error)) {
    case '25006': return refuse('read-only', {}, { retryAfter: 30 })
    case '53100': return refuse('no-space', {}, { retryAfter: 60 })
    // Out of memory or locks; ended by a time limit; two that waited for each other.
    case '53000': case '53200': case '53400': case '55P03': case '57014': case '40001': case '40P01': return refuse('overloaded', {}, { retryAfter: 2 })
    default: return undefined
  }
}
const sqlState = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

const LOST_SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'])
const LOST_WORDS = ['Connection terminated', 'timeout exceeded when trying to connect', 'Client has encountered a connection error', 'not queryable', 'Query read timeout']

/** The server is away, going, coming or full: SQLSTATE 08*, 57P01–57P03, 53300, or the socket itself. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === 'db/unavailable'
  if (!(error instanceof Error)) return false
  const code = sqlState(error)
  if (code.startsWith('08') || ['57P01', '57P02', '57P03', '53300'].includes(code) || LOST_SOCKET.has(code)) return true
  return LOST_WORDS.some((words) => error.message.includes(words))
}

const DATE = 1082, DATE_ARRAY = 1182, INT8 = 20, INT8_ARRAY = 1016, TEXT_ARRAY = 1009

const asText = (text: string): string => text
/** bigint as number while that is exact, else as its decimal text. */
const asInteger = (text: string): number | string => {
  const n = Number(text)
  return Number.isSafeInteger(n) ? n : text
}
const textArray = pg.types.getTypeParser(TEXT_ARRAY as number, 'text') as unknown as (text: string) => (string | null)[]

/** Civil days stay text (`YYYY-MM-DD`): a Date would give them a time and a zone to lose. Instants (timestamptz) are Dates. */
function typeParser(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary') {
    if (oid === DATE) return asText
    if (oid === DATE_ARRAY) return textArray
    if (oid === INT8) return asInteger
    if (oid === INT8_ARRAY) return (text: string) => textArray(text).map((n) => (n === null ? null : asInteger(n)))
  }
  return pg.types.getTypeParser(oid, format as 'text')
}
