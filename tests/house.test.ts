import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { DOMAINS, KERNEL_ROOMS } from '../src/architecture.ts'
import { VARIABLES } from '../src/config.ts'
import { CASE_CLOCK_RULES } from '../src/domains/cases/clock-rules.ts'
import { STAGE_NAMES } from '../src/domains/cases/contract.ts'
import { REPLAY_CLOCK_RULES } from '../src/domains/replay/clock-rules.ts'
import { CLOCK_RULES } from '../src/kernel/clock/rules.ts'
import { packageRoot } from '../src/kernel/db/root.ts'
import { sharedActs } from '../src/kernel/flow/shared-acts.ts'
import { COMMANDS } from '../src/main/commands.ts'
import { REFUSALS } from '../src/main/refusals.ts'
import { kindsOf, type KindParts } from '../src/modules.ts'
import { bilingualPairs, faultOf } from './reading/bilingual.ts'
import { placeOf } from './reading/places.ts'
import { markdownTable, withSection } from './reading/sections.ts'
import { isTest, pathsUnder, readTree } from './reading/tree.ts'

// Texts that must agree are introduced to each other here. `-u` writes the generated parts; read what it wrote.

const root = packageRoot()
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const all = pathsUnder('')
const documents = all.filter((path) => path.endsWith('.md'))

/** The page as it should be: its own words, the program's tables. */
const expectSections = async (path: string, sections: Readonly<Record<string, string>>): Promise<void> => {
  const page = Object.entries(sections).reduce((text, [name, table]) => withSection(text, name, table), read(path))
  await expect(page).toMatchFileSnapshot(join(root, path))
}

describe('the README', () => {
  const environment = (language: 'zh' | 'en') => VARIABLES.map(({ name, default: fallback, secret, text }) =>
    [`\`${name}\``, fallback === null ? '' : `\`${fallback}\``, `${text[language]}${secret ? (language === 'zh' ? '（密）' : ' *(secret)*') : ''}`])
  const commands = (language: 'zh' | 'en') => COMMANDS.map(({ usage, summary }) => [`\`${usage}\``, summary[language]])

  test('lists every variable and command the program has, and no other', async () => {
    await expectSections('README.md', {
      environment: markdownTable(['variable', 'default', 'meaning'], environment('en')), commands: markdownTable(['command', 'what it does'], commands('en')),
    })
    await expectSections('README.zh-CN.md', {
      environment: markdownTable(['变量', '默认', '含义'], environment('zh')), commands: markdownTable(['命令', '用途'], commands('zh')),
    })
  })

  test.each(['README.md', 'README.zh-CN.md'])('%s maps every room', (path) => {
    const rooms = [...KERNEL_ROOMS.map((room) => `src/kernel/${room}`), ...Object.keys(DOMAINS).map((domain) => `src/domains/${domain}`), 'src/base', 'src/kit', 'src/portal', 'src/console', 'src/adapters', 'src/main']
    const named = [...read(path).matchAll(/^\| `((?:src\/|seeds\/|tests|bench)[a-z/]*)` \|/gm)].map(([, room]) => room!)
    expect(rooms.filter((room) => !named.includes(room))).toEqual([])
    expect(named.filter((room) => !existsSync(join(root, room)))).toEqual([])
  })
})

describe('the glossary', () => {
  test('has every act and every stage by the names the program gives them', async () => {
    const kinds = kindsOf({} as unknown as KindParts)
    const acts = [
      ...kinds.flatMap((kind) => Object.entries({ ...kind.opens, ...kind.acts }).map(([act, spec]) => [spec.name.zh, spec.name.en, `\`${act}\``, `${kind.name.zh} \`${kind.kind}\``])),
      ...Object.entries(sharedActs([])).map(([act, spec]) => [spec.name.zh, spec.name.en, `\`${act}\``, '各种案 every kind']),
    ]
    await expectSections('docs/glossary.md', {
      stages: markdownTable(['中文', 'English', 'identifier'], Object.entries(STAGE_NAMES).map(([stage, { zh, en }]) => [zh, en, `\`${stage}\``])),
      acts: markdownTable(['中文', 'English', 'identifier', '案 matter'], acts),
    })
  })
})

describe('the law', () => {
  const pages = documents.filter((path) => path.startsWith('docs/law/')).map(read).join('\n')

  test('every clock rule stands in docs/law', () => {
    expect([...CLOCK_RULES, ...CASE_CLOCK_RULES, ...REPLAY_CLOCK_RULES].map((rule) => rule.code).filter((code) => !pages.includes(`\`${code}\``))).toEqual([])
  })
})

test('every area that can say no is on the one list from which the API description is written', () => {
  const areas = all.filter((path) => /^src\/.*\.ts$/.test(path) && !isTest(path)).flatMap((path) => [...read(path).matchAll(/\brefusals\('([\w-]+)', \{/g)].map(([, area]) => area!))
  expect(areas.toSorted()).toEqual(REFUSALS.map(({ area }) => area).toSorted())
})

describe('the coverage page', () => {
  const rows = [...read('docs/coverage.md').matchAll(/^\| ([A-Z]\d\d) \|.*?\| (done|partly|not yet) \| (.*?) ?\| (.*?) ?\|$/gm)].map(([, id, state, where, tests]) => ({ id: id!, state: state!, where: where!, tests: [...tests!.matchAll(/`([^`]+)`/g)].map(([, path]) => path!) }))
  const shared = join(root, process.env.MINGTANG_SHARED ?? '../shared/data', '../domain/requirements.md')

  test('is read whole: every row has an id of its own and a state', () => {
    expect(rows.length).toBe([...read('docs/coverage.md').matchAll(/^\| [A-Z]\d\d \|/gm)].length)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.length).toBeGreaterThan(250)
  })

  test.skipIf(!existsSync(shared))('has every mechanism of the requirements, and none of its own (skipped where the requirements are not beside the repository)', () => {
    const page = readFileSync(shared, 'utf8')
    const ids = new Set([...page.slice(0, page.indexOf('## 1.S')).matchAll(/^\| ([A-Z]\d\d) \|/gm)].map(([, id]) => id!))
    expect(rows.map(({ id }) => id).toSorted()).toEqual([...ids].toSorted())
  })

  test('names a test for all that is done, a place for all that is begun, and only files that exist', () => {
    expect(rows.filter(({ state, tests }) => state === 'done' && tests.length === 0)).toEqual([])
    expect(rows.filter(({ state, where }) => (state === 'not yet') !== (where === ''))).toEqual([])
    expect(rows.flatMap(({ id, tests }) => tests.filter((path) => !isTest(path) || !existsSync(join(root, path))).map((path) => `${id} ${path}`))).toEqual([])
  })

  test('counts itself', () => {
    const count = (state: string) => rows.filter((row) => row.state === state).length
    expect(read('docs/coverage.md')).toContain(`${count('done')} done, ${count('partly')} partly, ${count('not yet')} not yet, of ${rows.length}.`)
  })
})

describe('packages', () => {
  test('each dependency stands in docs/decisions/dependencies.md, with what it spares us and how we would leave it', () => {
    const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const named = [...read('docs/decisions/dependencies.md').matchAll(/^\| `([^`]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|$/gm)].map(([, name]) => name!)
    expect(named.toSorted()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).toSorted())
  })

  test('every version is exact', () => {
    const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    expect(Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies }).filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })
})

describe('documents', () => {
  /** Pictures are taken from the running product and may come later than the page that shows them. */
  const PICTURES = /^docs\/images\/[a-z]+\.png$/

  test('every link inside the repository leads to a file', () => {
    const broken = documents.flatMap((path) => [...read(path).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, link]) => link!)
      .filter((link) => !/^[a-z]+:/.test(link)).map((link) => normalize(join(dirname(path), link))).filter((target) => !PICTURES.test(target) && !existsSync(join(root, target))).map((target) => `${path} → ${target}`))
    expect(broken).toEqual([])
  })

  test('every path of code that a document names is there', () => {
    const broken = documents.flatMap((path) => [...read(path).matchAll(/`((?:src|tests|bench|seeds|scripts|docs)\/[\w./-]+\.(?:tsx?|mjs|md|sql|ya?ml|bpmn))`/g)]
      .map(([, target]) => target!).filter((target) => !/…|000\d-…/.test(target) && !existsSync(join(root, target))).map((target) => `${path} → ${target}`))
    expect(broken).toEqual([])
  })

  test('decisions are numbered without a gap and all in the list', () => {
    const files = all.filter((path) => /^docs\/decisions\/\d{4}-/.test(path)).map((path) => path.slice('docs/decisions/'.length))
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, i) => i + 1))
    expect(files.filter((file) => !read('docs/decisions/README.md').includes(`(${file})`))).toEqual([])
  })

  test('publiccode.yml says the version, licence and languages that are', () => {
    const page = parse(read('publiccode.yml')) as Record<string, never> & { legal: { license: string }; softwareVersion: string; description: Record<string, { shortDescription: string; longDescription: string; features: string[] }>; localisation: { availableLanguages: string[] } }
    const { version, license } = JSON.parse(read('package.json')) as { version: string; license: string }
    expect([page.softwareVersion, page.legal.license]).toEqual([version, license])
    for (const key of ['publiccodeYmlVersion', 'name', 'url', 'platforms', 'categories', 'developmentStatus', 'softwareType', 'description', 'legal', 'maintenance', 'localisation']) expect(page).toHaveProperty(key)
    expect(Object.keys(page.description).toSorted()).toEqual([...page.localisation.availableLanguages].toSorted())
    // The standard: at most 150 characters, at least 150.
    for (const { shortDescription, longDescription } of Object.values(page.description)) expect([shortDescription.length <= 150, longDescription.length >= 150]).toEqual([true, true])
  })

  test('.ci/run calls npm test and nothing else', () => {
    expect(read('.ci/run')).toBe('#!/bin/sh\ncd "$(dirname "$0")/.." && exec npm test\n')
  })
})

describe('the sources', () => {
  const sources = readTree(['src', 'tests', 'bench', 'scripts', 'bin', 'seeds', 'docs'], /\.(tsx?|mjs|md|sql|ya?ml|css|typ|bpmn)$/)

  test('no page of the portal has inline style: the policy forbids it', () => {
    const inline = (text: string) => /\sstyle=["'{]/.test(text)
    expect(inline('<p style="color: red">')).toBe(true)
    expect([...sources].filter(([path, text]) => /^src\/(kit\/portal|portal|domains\/[^/]+\/portal|kernel\/procedure)\//.test(path) && !isTest(path) && inline(text)).map(([path]) => path)).toEqual([])
  })

  test('every text is said in both languages, with the same slots', () => {
    expect(['{n} 件', '件'].map((zh) => faultOf({ line: 1, zh, en: '{n} cases' }))).toEqual([null, 'slots differ: {} and {n}'])
    expect(faultOf({ line: 1, zh: '办件', en: '办件' })).toBe('Chinese in the English')
    const faults = [...sources].filter(([path]) => /^src\/.*\.tsx?$/.test(path) && !isTest(path)).flatMap(([path, text]) => bilingualPairs(path, text).flatMap((pair) => {
      const fault = faultOf(pair)
      return fault === null ? [] : [`${path}:${pair.line} ${fault}`]
    }))
    expect(faults).toEqual([])
  })

  test('the repository speaks of the product alone: no path of a machine, no tool of a workplace', () => {
    const foreign = (text: string) => text.match(/\/work\/|\/tmp\/[a-z]|\/root\/|\/home\/[a-z]|\b(?:Claude|Anthropic|OpenAI|ChatGPT|Copilot|subagent|sub-agent)\b/i)?.[0]
    expect(foreign('see /work/notes')).toBe('/work/')
    const roots = all.filter((path) => !path.includes('/') && /\.(md|json|yml|ts)$/.test(path) && path !== 'package-lock.json').map((path) => [path, read(path)] as const)
    expect([...sources, ...roots].filter(([path]) => path !== 'tests/house.test.ts').flatMap(([path, text]) => (foreign(text) === undefined ? [] : [`${path}: ${foreign(text)}`]))).toEqual([])
  })

  test('legal time is a parameter: only kernel/time reads the clock, beside what merely waits or keeps house (db, jobs)', () => {
    const reads = (text: string) => /new Date\(\)|Date\.now\(\)|(?<![\w.])now\(\)(?! *=>)|current_(?:date|timestamp)/.exec(text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))?.[0]
    expect(['update t set at = now()', 'const at = new Date()', 'const now = house.time.now()', 'new Date(at)'].map(reads)).toEqual(['now()', 'new Date()', undefined, undefined])
    const clocks = [...sources].filter(([path]) => /^src\/.*\.(tsx?|sql)$/.test(path) && !isTest(path) && placeOf(path)?.browser === null && !/^src\/kernel\/(db|jobs|time)\//.test(path))
    expect(clocks.flatMap(([path, text]) => (reads(text) === undefined ? [] : [`${path}: ${reads(text)}`]))).toEqual([])
  })

  test('the environment is read in one place: what the README lists is all there is', () => {
    const reads = (text: string) => /process\.env(?!\.NODE_ENV)/.exec(text)?.[0]
    expect(['process.env.PORT', 'process.env.NODE_ENV', 'env.PORT'].map(reads)).toEqual(['process.env', undefined, undefined])
    // `main.ts` hands the environment to `readConfig`; the embedded server is started with the path alone.
    const readers = [...sources].filter(([path, text]) => /^src\/.*\.tsx?$/.test(path) && !isTest(path) && reads(text) !== undefined).map(([path]) => path)
    expect(readers.toSorted()).toEqual(['src/kernel/db/cluster.ts', 'src/main.ts'])
    expect([...read('src/kernel/db/cluster.ts').matchAll(/process\.env\.(\w+)/g)].map(([, name]) => name)).toEqual(['PATH'])
  })

  test('no unfinished business: no TODO, no switched-off check', () => {
    const left = (text: string) => /\b(TODO|FIXME|XXX|HACK)\b|@ts-ignore|@ts-nocheck|eslint-disable|oxlint-disable/.exec(text)?.[0]
    expect(left('// TODO later')).toBe('TODO')
    expect([...sources].filter(([path]) => path !== 'tests/house.test.ts' && !path.endsWith('.bpmn')).flatMap(([path, text]) => (left(text) === undefined ? [] : [`${path}: ${left(text)}`]))).toEqual([])
  })
})
