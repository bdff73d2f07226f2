import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../db/root.ts'
import { PERMISSIONS } from './permissions.ts'
import { ROLES } from './roles.ts'

const rolesWith = (code: string) => ROLES.filter((role) => (role.permissions as readonly string[]).includes(code))
  .map((role) => `${role.code}${(role.underAuthorisation as readonly string[]).includes(code) ? ' †' : ''}`)
const permissionRows = Object.entries(PERMISSIONS).map(([code, name]) => `| \`${code}\` | ${name.zh} | ${name.en} | ${rolesWith(code).join(', ')} |`)
const roleRows = ROLES.map((role) => `| \`${role.code}\` | ${role.version} | ${role.name.zh} | ${role.name.en} |`)
const TABLES = [
  '| code | 名称 | name | roles |', '|---|---|---|---|', ...permissionRows, '',
  '## Roles 角色', '', '| code | version | 名称 | name |', '|---|---|---|---|', ...roleRows, '',
].join('\n')

test('docs/permissions.md says exactly what the program holds', () => {
  const page = readFileSync(join(packageRoot(), 'docs/permissions.md'), 'utf8')
  expect(page.slice(page.indexOf('| code | 名称 |'))).toBe(TABLES)
})

test('every permission belongs to somebody, and roles are unique', () => {
  expect(Object.keys(PERMISSIONS).filter((code) => rolesWith(code).length === 0)).toEqual([])
  expect(new Set(ROLES.map((role) => role.code)).size).toBe(ROLES.length)
})
