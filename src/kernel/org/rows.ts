import type { CivilDay } from '../../base/civil-day.ts'
import type { AuthorisationEntry, Counter, Holding, Leave, Organisation, Person, Post, Site } from './types.ts'

/** A row as the driver gives it; the functions below are the only place that knows column names. */
export type Row = Readonly<Record<string, unknown>>

const text = (row: Row, column: string): string => row[column] as string
const maybe = (row: Row, column: string): string | null => (row[column] ?? null) as string | null
const name = (row: Row, column = 'name') => ({ zh: text(row, `${column}_zh`), en: text(row, `${column}_en`) })
const degrees = (row: Row, column: string): number | null => (row[column] === null ? null : Number(row[column]))
const days = (row: Row) => ({ validFrom: text(row, 'valid_from') as CivilDay, validTo: maybe(row, 'valid_to') as CivilDay | null })

export const organisationOf = (row: Row): Organisation => ({
  id: text(row, 'id'),
  code: text(row, 'code'),
  name: name(row),
  shortName: name(row, 'short'),
  kind: row['kind'] as Organisation['kind'],
  parentId: maybe(row, 'parent_id'),
  divisionCode: text(row, 'division_code'),
  level: row['level'] as number,
  address: text(row, 'address'),
  phoneConsult: text(row, 'phone_consult'),
  phoneComplaint: text(row, 'phone_complaint'),
  reconsiderationBody: text(row, 'reconsideration_body'),
  court: text(row, 'court'),
  ...days(row),
})

export const siteOf = (row: Row): Site => ({
  id: text(row, 'id'),
  organisationId: text(row, 'organisation_id'),
  kind: row['kind'] as Site['kind'],
  name: name(row),
  address: text(row, 'address'),
  hours: name(row, 'hours'),
  phone: text(row, 'phone'),
  divisionCode: text(row, 'division_code'),
  longitude: degrees(row, 'longitude'),
  latitude: degrees(row, 'latitude'),
  uniformSign: row['uniform_sign'] as boolean,
  uniformRules: row['uniform_rules'] as boolean,
  uniformDress: row['uniform_dress'] as boolean,
  barrierFree: row['barrier_free'] as boolean,
  ...days(row),
})

export const counterOf = (row: Row): Counter =>
  ({ id: text(row, 'id'), siteId: text(row, 'site_id'), code: text(row, 'code'), name: name(row), kind: row['kind'] as Counter['kind'], ...days(row) })

export const personOf = (row: Row): Person =>
  ({ id: text(row, 'id'), name: name(row), staffNo: text(row, 'staff_no'), phone: text(row, 'phone'), email: text(row, 'email'), ...days(row) })

export const postOf = (row: Row): Post => ({
  id: text(row, 'id'),
  organisationId: text(row, 'organisation_id'),
  code: text(row, 'code'),
  name: name(row),
  role: text(row, 'role'),
  duties: name(row, 'duties'),
  counterId: maybe(row, 'counter_id'),
  bAlongside: row['b_alongside'] as boolean,
  ...days(row),
})

export const holdingOf = (row: Row): Holding =>
  ({ id: text(row, 'id'), postId: text(row, 'post_id'), personId: text(row, 'person_id'), cover: row['cover'] as Holding['cover'], ...days(row) })

export const leaveOf = (row: Row): Leave => ({
  id: text(row, 'id'),
  personId: text(row, 'person_id'),
  kind: row['kind'] as Leave['kind'],
  validFrom: text(row, 'valid_from') as CivilDay,
  validTo: text(row, 'valid_to') as CivilDay,
})

export const authorisationOf = (row: Row): AuthorisationEntry => ({
  id: text(row, 'id'),
  kind: row['kind'] as AuthorisationEntry['kind'],
  fromOrganisationId: text(row, 'from_organisation_id'),
  toOrganisationId: maybe(row, 'to_organisation_id'),
  toPersonId: maybe(row, 'to_person_id'),
  items: row['items'] as string[],
  acts: row['acts'] as string[],
  version: row['version'] as number,
  seal: text(row, 'seal'),
  documentNo: text(row, 'document_no'),
  revokedOn: maybe(row, 'revoked_on') as CivilDay | null,
  revokedBecause: maybe(row, 'revoked_because'),
  ...days(row),
})
