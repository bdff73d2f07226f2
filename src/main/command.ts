import { readFile, stat } from 'node:fs/promises'
import type { Bilingual, Language } from '../base/text.ts'
import { Usage, type Arguments } from './arguments.ts'
import type { OpenHouse } from './open-house.ts'

/** What a command comes to: one JSON document, a text for people (in the terminal's language where it has both), and whether it found something wrong. */
export interface Outcome { readonly json: unknown; readonly text: string | ((language: Language) => string); readonly findings?: boolean }

/** The language of a terminal, by the variables of its locale in the order POSIX gives them; English where they do not say Chinese. */
export const terminalLanguage = (env: NodeJS.ProcessEnv): Language => ((env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('zh') ? 'zh' : 'en')

export interface Command {
  readonly name: string
  readonly usage: string
  readonly summary: Bilingual
  readonly run: (args: Arguments, open: () => Promise<OpenHouse>) => Promise<Outcome>
}

/** A file named on the command line; a missing one is wrong usage, not a crash. */
export async function demandFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => { throw new Usage(`cannot read ${path}: ${error.code ?? String(error)}`) })
  if (!found.isFile()) throw new Usage(`${path} is not a file`)
}

/** The whole of such a file. */
export async function readNamedFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Usage(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`)
  }
}
