import { isDeepStrictEqual } from 'node:util'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Database, Queryable } from '../db/database.ts'
import { CLOCK_RULES } from './rules.ts'
import type { ClockRule } from './types.ts'

/** The rule of a version; without one the newest. An unknown code or version is a failure: code names rules, people do not. */
export type RuleOf = (code: string, version?: number) => ClockRule

export function ruleBook(rules: readonly ClockRule[]): RuleOf {
  const newest = new Map<string, ClockRule>()
  const byVersion = new Map<string, ClockRule>()
  for (const rule of rules) {
    byVersion.set(`${rule.code} ${rule.version}`, rule)
    if (rule.version > (newest.get(rule.code)?.version ?? 0)) newest.set(rule.code, rule)
  }
  return (code, version) => {
    const rule = version === undefined ? newest.get(code) : byVersion.get(`${code} ${version}`)
    if (rule === undefined) throw new Error(`no clock rule ${code}${version === undefined ? '' : ` in version ${version}`}`)
    return rule
  }
}

/**
 * Brings shipped rules into `clock.rule` with the owner's login. A version that is there already must say the same: running clocks
 * stand on it, so a changed number without a new version is a failure.
 */
export async function upsertClockRules(admin: Database, rules: readonly ClockRule[] = CLOCK_RULES): Promise<void> {
  await admin.transaction(async (tx) => {
    for (const rule of rules) {
      await tx.query(
        `insert into clock.rule (code, version, name_zh, name_en, unit, amount, trigger, direction, pauses, pause_article, extension, expiry,
           article, valid_from, valid_to, yellow_share, yellow_days_left)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (code, version) do nothing`,
        [
          rule.code, rule.version, rule.name.zh, rule.name.en, rule.unit, rule.amount, rule.trigger, rule.direction, rule.pauses, rule.pauseArticle ?? null,
          rule.extension === null ? null : JSON.stringify(rule.extension), rule.expiry, rule.article, rule.validFrom, rule.validTo,
          rule.lights.yellowShare, rule.lights.yellowDaysLeft,
        ],
      )
    }
    const stored = ruleBook(await readRules(tx))
    for (const rule of rules) {
      if (!isDeepStrictEqual(stored(rule.code, rule.version), { ...rule, pauses: [...rule.pauses] })) {
        throw new Error(`clock rule ${rule.code} version ${rule.version} was changed after it was shipped: give it a new version`)
      }
    }
  })
}

export async function loadRules(db: Queryable): Promise<RuleOf> {
  return ruleBook(await readRules(db))
}

interface RuleRow {
  readonly code: string; readonly version: number; readonly name_zh: string; readonly name_en: string; readonly unit: ClockRule['unit']
  readonly amount: number | null; readonly trigger: string; readonly direction: ClockRule['direction']; readonly pauses: ClockRule['pauses']
  readonly pause_article: string | null; readonly extension: ClockRule['extension']; readonly expiry: ClockRule['expiry']; readonly article: string
  readonly valid_from: CivilDay; readonly valid_to: CivilDay | null; readonly yellow_share: number; readonly yellow_days_left: number
}

async function readRules(db: Queryable): Promise<ClockRule[]> {
  const rows = await db.query<RuleRow>(`
    select code, version, name_zh, name_en, unit, amount, trigger, direction, pauses, pause_article, extension, expiry, article,
      valid_from, valid_to, yellow_share, yellow_days_left
    from clock.rule
    order by code, version`)
  return rows.map((row) => ({
    code: row.code, version: row.version, name: { zh: row.name_zh, en: row.name_en }, unit: row.unit, amount: row.amount, trigger: row.trigger,
    direction: row.direction, pauses: row.pauses, ...(row.pause_article === null ? {} : { pauseArticle: row.pause_article }), extension: row.extension,
    expiry: row.expiry, article: row.article, validFrom: row.valid_from, validTo: row.valid_to,
    lights: { yellowShare: row.yellow_share, yellowDaysLeft: row.yellow_days_left },
  }))
}
