import { readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { refusals } from './base/refusal.ts'
import type { Bilingual } from './base/text.ts'

/** Every "no" of the configuration: the program does not start with a value that it would have to guess about. */
export const refuse = refusals('config', {
  invalid: { status: 422, zh: '环境变量 {name} 的值无效：{reason}', en: 'The environment variable {name} is not valid: {reason}' },
  'unreadable-file': { status: 422, zh: '环境变量 {name} 所指的文件 {path} 无法读取', en: 'The file {path} named by the environment variable {name} cannot be read' },
  'given-twice': { status: 422, zh: '{name} 与 {name}_FILE 只能设置一个', en: 'Set either {name} or {name}_FILE, not both' },
  unknown: { status: 422, zh: '未知的环境变量 {name}；可用变量见 README', en: 'Unknown environment variable {name}; the README lists those there are' },
  'cannot-listen': { status: 409, zh: '无法在 {address} 提供服务：{reason}', en: 'Cannot serve at {address}: {reason}' },
  'data-folder': { status: 422, zh: '数据目录 {path} 不能使用（{reason}）', en: 'The data folder {path} cannot be used ({reason})' },
  incomplete: { status: 422, zh: '设置了 {name} 就须同时设置 {missing}', en: 'With {name} set, {missing} must be set too' },
})

export interface Variable {
  readonly name: string
  /** Shown where the variable is not set; null: none. */
  readonly default: string | null
  /** May also come from the file named by `<name>_FILE`, and is never printed. */
  readonly secret: boolean
  readonly text: Bilingual
}
const plain = (name: string, fallback: string | null, zh: string, en: string): Variable => ({ name, default: fallback, secret: false, text: { zh, en } })
const secret = (name: string, zh: string, en: string): Variable => ({ name, default: null, secret: true, text: { zh, en } })

/** Every variable the program reads; the README's table is held to this one. */
export const VARIABLES = [
  plain('PORT', '8080', '监听端口', 'Port to listen on'),
  plain('HOST', '127.0.0.1', '监听地址', 'Address to listen on'),
  secret('DATABASE_URL', '应用登录的 PostgreSQL 地址；不设则使用内嵌数据库', "PostgreSQL address of the application's login; unset: the embedded server"),
  secret('DATABASE_ADMIN_URL', '模式所有者的登录，仅用于迁移；不设则同 DATABASE_URL', "The owner's login, used only to migrate; unset: DATABASE_URL"),
  secret('DATABASE_SEQUENCER_URL', '日志排序者的会话连接；不设则同 DATABASE_URL', "Session connection of the log's sequencer; unset: DATABASE_URL"),
  secret('DATABASE_RETENTION_URL', '留存到期删除所用的登录；不设则同 DATABASE_ADMIN_URL', 'Login that erases what its retention period has ended; unset: DATABASE_ADMIN_URL'),
  plain('MINGTANG_DATA', './data', '数据目录：上传的文件、密钥、内嵌数据库', 'Data folder: uploaded files, keys, the embedded database'),
  plain('MINGTANG_DEMO', null, '1 为示范区，0 为不用；内嵌数据库且为空时默认 1，否则 0', '1: the demo district, 0: none; default 1 only with the embedded server and an empty database'),
  plain('MINGTANG_URL', null, '对外网址，末尾不带斜线；默认 http://localhost:端口', 'Public base address without a slash at the end; default http://localhost:PORT'),
  plain('MINGTANG_LOG_ORIGIN', null, '公开日志的名称，首个检查点时固定；默认取自对外网址', 'Name of the public log, fixed at the first checkpoint; default from the public address'),
  plain('MINGTANG_LOG_KEY_FILE', null, '日志签名私钥文件（Ed25519），首个检查点时固定；默认在数据目录中生成', "File of the log's Ed25519 signing key, fixed at the first checkpoint; default: made in the data folder"),
  secret('MINGTANG_SMTP_URL', '发信服务器，smtp://用户:口令@主机:端口；不设则只记录应发的邮件', 'Mail server, smtp://user:password@host:port; unset: mail owed is only recorded'),
  plain('MINGTANG_SMTP_FROM', null, '发件人地址', 'Sender address of mail'),
  plain('MINGTANG_SMS_URL', null, '短信网关地址；不设则只记录应发的短信', 'Address of the SMS gateway; unset: messages owed are only recorded'),
  secret('MINGTANG_SMS_TOKEN', '短信网关的令牌', 'Token of the SMS gateway'),
  plain('MINGTANG_SMS_SIGNATURE', null, '短信签名，如“西城政务”', 'Signature put before each SMS'),
  plain('MINGTANG_RATE_LIMITS', '1', '0 关闭限流（仅用于压力测试），或统一倍数', '0 switches rate limits off (load tests only); another number multiplies them all'),
  plain('MINGTANG_TRUST_PROXY', '0', '前置代理的层数；来访地址取自 X-Forwarded-For', "Number of proxies in front; the caller's address is taken from X-Forwarded-For"),
] as const satisfies readonly Variable[]
type Name = (typeof VARIABLES)[number]['name']

export interface Config {
  readonly port: number
  readonly host: string
  /** null: the embedded server. */
  readonly database: { readonly appUrl: string; readonly adminUrl: string; readonly sequencerUrl: string; readonly retentionUrl: string } | null
  /** Absolute. */
  readonly dataDir: string
  /** null: by the rule of the default. */
  readonly demo: boolean | null
  /** Without a slash at the end. */
  readonly url: string
  /** `origin` null: the one the database remembers, else taken from `url`. */
  readonly log: { readonly origin: string | null; readonly keyFile: string | null }
  readonly smtp: { readonly url: string; readonly from: string } | null
  readonly sms: { readonly url: string; readonly token: string; readonly signature: string } | null
  /** 0: off; else a factor. */
  readonly rateLimits: number
  readonly trustProxy: number
}

/** Reads and checks the environment. Refuses `config/…`; empty values count as not set. `cwd` is what relative paths start from. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string = process.cwd()): Config {
  demandKnown(env)
  const get = (name: Name): string | null => valueOf(env, name)
  const port = wholeNumber('PORT', get('PORT') ?? '8080', 0, 65_535)
  const url = (address('MINGTANG_URL', get('MINGTANG_URL'), ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/+$/, '')
  return {
    port,
    host: get('HOST') ?? '127.0.0.1',
    database: databaseOf(get),
    dataDir: resolve(cwd, get('MINGTANG_DATA') ?? './data'),
    demo: flag('MINGTANG_DEMO', get('MINGTANG_DEMO')),
    url,
    log: { origin: originOf(get('MINGTANG_LOG_ORIGIN')), keyFile: pathOf(cwd, get('MINGTANG_LOG_KEY_FILE')) },
    smtp: smtpOf(get),
    sms: smsOf(get),
    rateLimits: wholeNumber('MINGTANG_RATE_LIMITS', get('MINGTANG_RATE_LIMITS') ?? '1', 0, 1_000_000),
    trustProxy: wholeNumber('MINGTANG_TRUST_PROXY', get('MINGTANG_TRUST_PROXY') ?? '0', 0, 10),
  }
}

/** Variables that tests and benches read; the program itself does not. */
const OF_TESTS = ['MINGTANG_SHARED', 'MINGTANG_TEST_DATABASE', 'MINGTANG_TEST_JSON']

/** A misspelt variable would silently be a default; every `MINGTANG_` name must be one of ours. */
function demandKnown(env: Readonly<Record<string, string | undefined>>): void {
  const known = new Set<string>([...VARIABLES.flatMap((v) => (v.secret ? [v.name, `${v.name}_FILE`] : [v.name])), ...OF_TESTS])
  for (const name of Object.keys(env)) {
    if (name.startsWith('MINGTANG_') && !known.has(name)) throw refuse('unknown', { name })
  }
}

function valueOf(env: Readonly<Record<string, string | undefined>>, name: Name): string | null {
  const direct = env[name] || null
  const path = VARIABLES.find((v) => v.name === name)!.secret ? env[`${name}_FILE`] || null : null
  if (path === null) return direct
  if (direct !== null) throw refuse('given-twice', { name })
  try {
    return readFileSync(path, 'utf8').trim() || null
  } catch (error) {
    const refusal = refuse('unreadable-file', { name: `${name}_FILE`, path })
    refusal.cause = error
    throw refusal
  }
}

function databaseOf(get: (name: Name) => string | null): Config['database'] {
  const url = (name: Name) => address(name, get(name), ['postgres:', 'postgresql:'])
  const appUrl = url('DATABASE_URL')
  const [adminUrl, sequencerUrl, retentionUrl] = [url('DATABASE_ADMIN_URL'), url('DATABASE_SEQUENCER_URL'), url('DATABASE_RETENTION_URL')]
  if (appUrl === null) {
    const other = (['DATABASE_ADMIN_URL', 'DATABASE_SEQUENCER_URL', 'DATABASE_RETENTION_URL'] as const).find((name) => get(name) !== null)
    if (other !== undefined) throw refuse('incomplete', { name: other, missing: 'DATABASE_URL' })
    return null
  }
  return { appUrl, adminUrl: adminUrl ?? appUrl, sequencerUrl: sequencerUrl ?? appUrl, retentionUrl: retentionUrl ?? adminUrl ?? appUrl }
}

function smtpOf(get: (name: Name) => string | null): Config['smtp'] {
  const url = address('MINGTANG_SMTP_URL', get('MINGTANG_SMTP_URL'), ['smtp:', 'smtps:'])
  const from = get('MINGTANG_SMTP_FROM')
  if (url === null) return null
  if (from === null) throw refuse('incomplete', { name: 'MINGTANG_SMTP_URL', missing: 'MINGTANG_SMTP_FROM' })
  return { url, from }
}

function smsOf(get: (name: Name) => string | null): Config['sms'] {
  const url = address('MINGTANG_SMS_URL', get('MINGTANG_SMS_URL'), ['http:', 'https:'])
  if (url === null) return null
  const token = get('MINGTANG_SMS_TOKEN')
  if (token === null) throw refuse('incomplete', { name: 'MINGTANG_SMS_URL', missing: 'MINGTANG_SMS_TOKEN' })
  return { url, token, signature: get('MINGTANG_SMS_SIGNATURE') ?? '' }
}

/** C2SP: the origin is a schema-less URL-like line without plus or space. Default: host and path of the public address, then `/log`. */
function originOf(given: string | null): string | null {
  if (given !== null && !/^[^\s+]{1,200}$/.test(given)) throw refuse('invalid', { name: 'MINGTANG_LOG_ORIGIN', reason: { zh: '应为一行，不含空格和“+”', en: 'one line without spaces or “+”' } })
  return given
}

function address(name: Name, value: string | null, protocols: readonly string[]): string | null {
  if (value === null) return null
  // The value may hold a password: the reason says what is wanted, never what was given.
  const starts = protocols.map((p) => `${p}//`).join(' / ')
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) throw refuse('invalid', { name, reason: { zh: `应以 ${starts} 开头`, en: `an address that begins with ${starts}` } })
  return value
}

function wholeNumber(name: Name, value: string, least: number, most: number): number {
  const n = Number(value)
  if (!/^\d+$/.test(value) || n < least || n > most) throw refuse('invalid', { name, reason: `${least}–${most}` })
  return n
}

function flag(name: Name, value: string | null): boolean | null {
  if (value === null) return null
  if (value !== '0' && value !== '1') throw refuse('invalid', { name, reason: '0 / 1' })
  return value === '1'
}

const pathOf = (cwd: string, path: string | null): string | null => (path === null ? null : isAbsolute(path) ? path : resolve(cwd, path))
