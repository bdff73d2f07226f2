import { describe, expect, test } from 'vitest'
import { DOMAINS, KERNEL_ROOMS } from '../src/architecture.ts'
import { importsOf, importViolations } from './reading/imports.ts'
import { sqlViolations } from './reading/sql.ts'
import { readTree, type Tree } from './reading/tree.ts'

const tree = readTree(['src'], /\.(tsx?|mjs|sql)$/)
const owners: ReadonlyMap<string, string> = new Map([
  ...KERNEL_ROOMS.map((room) => [room, `src/kernel/${room}`] as const),
  ...Object.keys(DOMAINS).map((domain) => [domain, `src/domains/${domain}`] as const),
])
/** The tree with one more file, or another text of one. */
const plant = (path: string, text: string): Tree => new Map([...tree, [path, text]])
/** What is wrong in the tree with the file and not without it. */
const added = (path: string, text: string): string[] => {
  const before = new Set(importViolations(tree))
  return importViolations(plant(path, text)).filter((sentence) => !before.has(sentence))
}

test('every import goes down or stays, enters a domain by its door, and is named in src/architecture.ts', () => {
  expect(importViolations(tree)).toEqual([])
})

test("a module's SQL writes its own tables and reads only those of modules it may know", () => {
  expect(sqlViolations(tree, owners)).toEqual([])
})

test('the tables name what there is: every room has its folder, and domains know only those before them', () => {
  const folders = new Set([...tree.keys()].map((path) => path.split('/').slice(0, 3).join('/')))
  expect(KERNEL_ROOMS.filter((room) => !folders.has(`src/kernel/${room}`))).toEqual([])
  const names = Object.keys(DOMAINS)
  for (const [index, [name, knows]] of Object.entries(DOMAINS).entries()) {
    expect([name, (knows as readonly string[]).filter((other) => names.indexOf(other) >= index)]).toEqual([name, []])
  }
})

describe('planted violations are caught', () => {
  const cases: readonly [what: string, path: string, text: string, sentence: string][] = [
    ['base that imports', 'src/base/planted.ts', `import { z } from 'zod'`, 'base imports nothing'],
    ['a room that knows a later one', 'src/kernel/clock/planted.ts', `import type { Flow } from '../flow/flow.ts'`, 'the room clock stands before flow'],
    ['the kernel that knows a domain', 'src/kernel/flow/planted.ts', `export * from '../../domains/cases/contract.ts'`, 'kernel stands below domains'],
    ['a lazy import upwards', 'src/kernel/db/planted.ts', `const later = () => import('../../domains/cases/contract.ts')`, 'kernel stands below domains'],
    ['a domain that knows one not named', 'src/domains/catalog/planted.ts', `import { CASE_STAGES } from '../cases/contract.ts'`, 'catalog is not named as knowing cases'],
    ['a domain entered by the window', 'src/domains/cases/planted.ts', `import { isBasicCode } from '../catalog/codes.ts'`, 'a domain is entered by its door'],
    ['the shell of the portal entering by the window', 'src/portal/planted.ts', `import { isBasicCode } from '../domains/catalog/codes.ts'`, 'a domain is entered by its door'],
    ['an adapter entering by the window', 'src/adapters/planted.ts', `import { isBasicCode } from '../domains/catalog/codes.ts'`, 'a domain is entered by its door'],
    ['the composition root that imports a screen', 'src/main/planted.ts', `import '../console/screens.ts'`, 'the server does not import what a browser runs'],
    ['a domain that knows the portal shell', 'src/domains/cases/planted.ts', `import { portalRoutes } from '../../portal/index.ts'`, 'domains stands below portal'],
    ['Node in a browser folder', 'src/console/planted.ts', `import { join } from 'node:path'`, 'a browser has nothing of Node'],
    ['a server package in a browser folder', 'src/domains/cases/console/planted.tsx', `import pg from 'pg'`, 'a browser has nothing of Node'],
    ['the kernel in a browser folder', 'src/domains/cases/console/planted.ts', `import type { Flow } from '../../../kernel/flow/flow.ts'`, 'a browser folder sees base, kit, itself and contracts'],
    ['Node in a contract', 'src/domains/cases/planted-contract.ts', `import { createHash } from 'node:crypto'`, 'nothing in a contract needs Node'],
    ['Node behind a contract', 'src/domains/cases/planted-contract.ts', `import type { Database } from '../../kernel/db/database.ts'`, 'nothing in a contract needs Node'],
    ['the server that imports a screen', 'src/kernel/http/planted.ts', `import '../../portal/islands/verify.ts'`, 'the server does not import what a browser runs'],
    ['a folder that the tables do not know', 'src/domains/horoscopes/index.ts', '', 'no band, room or domain of src/architecture.ts'],
    ['a program that imports its tests', 'src/kernel/clock/planted.ts', `import './clock.test.ts'`, 'the program does not know its tests'],
    ['a file that is not there', 'src/kernel/clock/planted.ts', `import './no-such-file.ts'`, 'there is no such file'],
  ]
  test.each(cases)('%s', (_what, path, text, sentence) => {
    expect(added(path, text)).toHaveLength(1)
    expect(added(path, text)[0]).toContain(sentence)
  })

  test.each([
    ['writing rows of another module', 'src/domains/cases/planted.ts', 'export const sql = `update clock.clock set due_on = ${1}`', 'clock.clock: a table is written by its own module'],
    ['reading a module that may not be known', 'src/kernel/clock/planted.ts', `export const sql = 'select no from flow.matter'`, 'flow.matter: clock may not know flow'],
    ['a foreign key upwards', 'src/kernel/clock/migrations/0009-planted.sql', 'create table clock.planted (id uuid references cases.paper);', 'cases.paper: clock may not know cases'],
    ['a join in a template with holes', 'src/domains/catalog/planted.ts', 'export const sql = `select ${1} from catalog.form join cases.filing using (id)`', 'cases.filing: catalog may not know cases'],
  ])('SQL: %s', (_what, path, text, sentence) => {
    expect(sqlViolations(plant(path, text), owners).filter((one) => one.startsWith(path))).toEqual([`${path}: ${sentence}`])
  })

  test('prose about tables is not SQL', () => {
    expect(sqlViolations(plant('src/kernel/clock/planted.ts', `// read from flow.matter\nexport const x = 1`), owners).filter((one) => one.includes('planted'))).toEqual([])
  })
})

test('the reader of imports sees every form of import', () => {
  expect(importsOf(`import a from './a.ts'\nimport type { B } from './b.ts'\nexport * from './c.ts'\nexport { d } from './d.ts'\nconst e = () => import('./e.ts')\nimport './f.ts'`)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts'])
})
