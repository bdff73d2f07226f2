import { join } from 'node:path'
import { isCivilDay } from '../../base/civil-day.ts'
import { audit } from '../../kernel/flow/audit.ts'
import { databaseChecks } from '../../kernel/db/doctor.ts'
import { openSigner } from '../../kernel/ledger/keys.ts'
import { restartLog } from '../../kernel/ledger/restart-log.ts'
import { verifyLog } from '../../kernel/ledger/verify.ts'
import { Usage } from '../arguments.ts'
import { demandFile, readNamedFile, type Command } from '../command.ts'

export const auditCommand: Command = {
  name: 'audit', usage: 'audit [--json]', summary: { zh: '由行为重算每一案并与现状比对', en: 'Refold every matter from its acts and compare with its row' },
  run: async (_args, open) => {
    const { matters, acts, differences } = await audit((await open()).house.db)
    return { json: { matters, acts, differences }, text: [`${matters} matters, ${acts} acts, ${differences.length} differences`, ...differences.map((one) => `  ${one.no} ${one.kind} ${one.at}: ${one.detail}`)].join('\n'), findings: differences.length > 0 }
  },
}

/** `--seen`: a checkpoint kept from earlier, with which the log must begin. `--as-of`: also lists duties whose day passed without an act. */
export const verifyCommand: Command = {
  name: 'verify', usage: 'verify DIR_OR_URL [--key KEY] [--seen FILE] [--as-of DATE] [--json]', summary: { zh: '仅凭公开文件核验日志', en: 'Verify the log from its public files alone' },
  run: async (args) => {
    const [source] = args.positional
    if (!source) throw new Usage('name a folder or an address')
    const [key, seen, asOf] = ['key', 'seen', 'as-of'].map((name) => args.value(name))
    if (asOf !== undefined && !isCivilDay(asOf)) throw new Usage('--as-of must be a day that exists, YYYY-MM-DD')
    const report = await verifyLog(source, {
      ...(key === undefined ? {} : { key }), ...(seen === undefined ? {} : { seen: (await readNamedFile(seen)).toString() }), ...(asOf === undefined ? {} : { asOf }),
    })
    const silent = (report.silent ?? []).map((one) => `  silent ${one.ref} ${one.clock} due ${one.dueOn}, last ${one.lastAct} ${one.lastAt}`)
    return { json: report, text: [`${report.origin}: ${report.size} entries, root ${report.root}, ${report.checked} checked, ${report.problems.length} problems`, ...report.problems.map((one) => `  ${one.kind} ${one.at}: ${one.detail}`), ...silent].join('\n'), findings: report.problems.length > 0 }
  },
}

/** `--key` and `--checkpoint` are by default `log.key` (made where it is missing) and `log.checkpoint` of the data folder. */
export const restartLogCommand: Command = {
  name: 'log restart', usage: 'log restart --origin NAME [--key FILE] [--checkpoint FILE] [--json]',
  summary: { zh: '已公布的记录丢失或者密钥遗失、泄露后，日志以新名称续记', en: 'Go on with the log under a new origin, after published entries or its key were lost' },
  run: async (args, open) => {
    const [origin, keyFile, checkpoint] = ['origin', 'key', 'checkpoint'].map((name) => args.value(name))
    if (origin === undefined) throw new Usage('--origin names the log that goes on')
    if (keyFile !== undefined) await demandFile(keyFile)
    const given = checkpoint === undefined ? undefined : await readNamedFile(checkpoint)
    const { house, admin } = await open()
    const published = given ?? await readNamedFile(join(house.dataDir, 'log.checkpoint'))
    const signer = openSigner({ origin, dataDir: house.dataDir, ...(keyFile === undefined ? {} : { keyFile }) })
    const { kept, lost } = await restartLog(admin, { published: published.toString(), signer, org: house.organisations.all()[0]?.code ?? '', at: house.time.now() })
    return { json: { origin, key: signer.verifierKey, kept, lost }, text: `${origin}: ${kept} entries kept, ${lost} lost\n${signer.verifierKey}` }
  },
}

export const doctorCommand: Command = {
  name: 'doctor', usage: 'doctor [--json]', summary: { zh: '体检', en: 'Is everything as it must be' },
  run: async (_args, open) => {
    const { house } = await open()
    const checks = [
      ...await databaseChecks(house.db),
      { name: 'calendar', ok: house.calendar().horizon >= house.time.today(), detail: `announced up to ${house.calendar().horizon}` },
      { name: 'log', ok: true, detail: `${Number((await house.db.query<{ n: number }>('select count(*)::int as n from ledger.pending'))[0]!.n)} entries wait to be numbered` },
    ]
    return { json: { checks }, text: checks.map((check) => `${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}`).join('\n'), findings: checks.some((check) => !check.ok) }
  },
}
