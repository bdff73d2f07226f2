import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root, say } from './packages.mjs'
import { setUp } from './program.mjs'
import { ensureSystemPackages } from './system.mjs'

/*
 * `npm test`: set-up, then types, lint, and every test: unit, database and HTTP; a real browser; starts from a fresh clone.
 * The last line is `N passed, N failed` and nothing else. Types (twice) and lint count as one check each.
 */

const total = { passed: 0, failed: 0, skipped: 0 }
/** What failed and why, said once more at the end: logs are long, and often only their end is kept. */
const failures = []
const results = mkdtempSync(join(tmpdir(), 'mingtang-results-'))

try {
  await setUp({ dev: true })
  await check('types of the server', process.execPath, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json'])
  await check('types of the console', process.execPath, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.console.json'])
  await check('lint', process.execPath, ['node_modules/oxlint/bin/oxlint', '--quiet'])
  await suite('unit')
  await suite('http')
  // The lowest supported server, where it is installed: migrations and the database rooms.
  if (existsSync('/usr/lib/postgresql/15/bin/postgres')) await suite('unit', ['src/kernel/db', 'src/kernel/jobs', 'src/kernel/ledger', 'src/kernel/flow'], { MINGTANG_TEST_DATABASE: 'debian15' })
  if (attempt('what the browser tests need', ensureSystemPackages)) await suite('browser')
  await suite('start')
} catch (error) {
  fail('set-up', error instanceof Error ? error.message : String(error))
} finally {
  rmSync(results, { recursive: true, force: true })
}
if (total.skipped > 0) console.log(`${total.skipped} skipped: what they need is not on this machine (see above)`)
for (const failure of failures) console.log(`✗ ${failure}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1

async function check(name, command, args) {
  say(`\n— ${name}`)
  if ((await run(command, args)) !== 0) return fail(name)
  total.passed += 1
  say(`✓ ${name}`)
}

function fail(name, why = '') {
  total.failed += 1
  failures.push(why === '' ? name : `${name}: ${why}`)
  say(`✗ ${failures.at(-1)}`)
}

function attempt(name, work) {
  try {
    work()
    return true
  } catch (error) {
    fail(name, error.message)
    return false
  }
}

/** One vitest project. A file that does not load, or an error outside every test, fails too. */
async function suite(project, only = [], env = {}) {
  say(`\n— tests: ${[project, ...Object.values(env)].join(', ')}`)
  const output = join(results, `${project}-${only.length}.json`)
  const code = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--passWithNoTests', ...only], { ...env, MINGTANG_TEST_JSON: output })
  const report = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : { testResults: [], numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }
  total.passed += report.numPassedTests
  total.skipped += report.numPendingTests
  const failed = report.testResults.flatMap(failuresOfFile)
  for (const { name, why } of failed) fail(name, why)
  if (failed.length === 0 && code !== 0) fail(`${project}: an error outside every test`, `vitest ended with ${code}`)
}

/** A file of a report that does not load counts as one failure. */
function failuresOfFile(file) {
  const path = relative(root, file.name)
  const tests = file.assertionResults.filter((test) => test.status === 'failed')
  if (tests.length > 0) return tests.map((test) => ({ name: `${path} > ${test.fullName}`, why: briefly(test.failureMessages?.join('\n') ?? '') }))
  return file.status === 'failed' ? [{ name: path, why: briefly(file.message ?? '') }] : []
}

function briefly(message) {
  return message.split('\n').slice(0, 12).join('\n').slice(0, 1500)
}

function run(command, args, more = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...more, CI: '1' }
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
}
