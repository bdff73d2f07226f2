import { readConfig } from './config.ts'
import { Refusal } from './base/refusal.ts'
import { runCommand } from './main/commands.ts'
import { startServer } from './main/start-server.ts'

/** The composition root: without a word after it the server, with one the command of that name. */
const args = process.argv.slice(2)
try {
  if (args.length > 0) process.exitCode = await runCommand(args, process.env)
  else await startServer(readConfig(process.env))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`${error.in('zh')}\n${error.in('en')}\n(${error.code})\n`)
  process.exitCode = 1
}
