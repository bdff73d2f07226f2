import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { calendarDueCommand, calendarImportCommand } from './commands/calendar.ts'
import { itemsImportCommand } from './commands/items.ts'
import { auditCommand, doctorCommand, restartLogCommand, verifyCommand } from './commands/log.ts'
import { procedureCheckCommand, procedurePublishCommand, procedureRunCommand } from './commands/procedure.ts'
import { replayFileCommand } from './commands/replay.ts'
import { inviteCommand } from './commands/admin.ts'
import { verticalImportCommand } from './commands/vertical.ts'
import { terminalLanguage, type Command } from './command.ts'
import { openHouse, type OpenHouse } from './open-house.ts'
import { Usage, parseArguments } from './arguments.ts'

/** Every command of `mingtang`; the README's list is held to it. */
export const COMMANDS: readonly Command[] = [
  calendarDueCommand, calendarImportCommand, procedureCheckCommand, procedurePublishCommand, procedureRunCommand, replayFileCommand, itemsImportCommand, verticalImportCommand, auditCommand, verifyCommand, restartLogCommand, doctorCommand, inviteCommand,
]

/** Exit 0 done, 1 refused or with findings, 2 wrong usage. `--json` prints exactly one document on stdout. */
export async function runCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = COMMANDS.find((one) => one.name.split(' ').every((word, i) => argv[i] === word))
  if (!command) return usage(argv)
  const rest = argv.slice(command.name.split(' ').length)
  if (rest.includes('--help')) { process.stdout.write(`mingtang ${command.usage}\n  ${command.summary.zh}\n  ${command.summary.en}\n`); return 0 }
  let open: OpenHouse | null = null
  const log = (line: string): void => { process.stderr.write(`${line}\n`) }
  try {
    const args = parseArguments(rest, command.usage)
    const outcome = await command.run(args, async () => (open ??= await openHouse(readConfig(env), { log })))
    const text = typeof outcome.text === 'string' ? outcome.text : outcome.text(terminalLanguage(env))
    process.stdout.write(args.flag('json') ? `${JSON.stringify(outcome.json)}\n` : `${text}\n`)
    return outcome.findings ? 1 : 0
  } catch (error) {
    if (error instanceof Usage) { process.stderr.write(`${error.message}\nmingtang ${command.usage}\n`); return 2 }
    if (error instanceof Refusal) {
      process.stderr.write(`${JSON.stringify({ code: error.code, message: error.in('zh'), messageEn: error.in('en'), ...(error.errors.length ? { errors: error.errors } : {}) })}\n`)
      return error.code === 'procedure/which-process' ? 2 : 1
    }
    throw error
  } finally {
    await (open as OpenHouse | null)?.close()
  }
}

function usage(argv: readonly string[]): number {
  const help = argv.length === 0 || argv.includes('--help')
  const lines = ['mingtang <command> [--json] [--help]', '', ...COMMANDS.map(({ usage: text, summary }) => `  ${text}\n      ${summary.zh} · ${summary.en}`), '']
  ;(help ? process.stdout : process.stderr).write(`${help ? '' : `unknown command: ${argv.join(' ')}\n`}${lines.join('\n')}`)
  return help ? 0 : 2
}
