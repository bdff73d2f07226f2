import { audit } from '../../kernel/flow/audit.ts'
import { databaseChecks } from '../../kernel/db/doctor.ts'
import { verifyLog } from '../../kernel/ledger/verify.ts'
import { Usage } from '../arguments.ts'
import type { Command } from '../command.ts'

export const auditCommand: Command = {
  name: 'audit', usage: 'audit [--json]', summary: { zh: '由行为重算每一案并与现状比对', en: 'Refold every matter from its acts and compare with its row' },
  run: async (_args, open) => {
    const { matters, acts, differences } = await audit((await open()).house.db)
    return { json: { matters, acts, differences }, text: [`${matters} matters, ${acts} acts, ${differences.length} differences`, ...differences.map((one) => `  ${one.no} ${one.kind} ${one.at}: ${one.detail}`)].join('\n'), findings: differences.length > 0 }
  },
}

export const verifyCommand: Command = {
  name: 'verify', usage: 'verify DIR_OR_URL [--key KEY] [--json]', summary: { zh: '仅凭公开文件核验日志', en: 'Verify the log from its public files alone' },
  run: async (args) => {
    const [source] = args.positional
    if (!source) throw new Usage('name a folder or an address')
    const report = await verifyLog(source, args.value('key') === undefined ? {} : { key: args.value('key')! })
    return { json: report, text: [`${report.origin}: ${report.size} entries, root ${report.root}, ${report.checked} checked, ${report.problems.length} problems`, ...report.problems.map((one) => `  ${one.kind} ${one.at}: ${one.detail}`)].join('\n'), findings: report.problems.length > 0 }
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
