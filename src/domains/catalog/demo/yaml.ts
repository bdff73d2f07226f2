import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Bilingual } from '../../../base/text.ts'
import { packageRoot } from '../../../kernel/db/root.ts'

/** In the seeds a text is a pair: [中文, English]. */
export type Pair = readonly [string, string]
export function bilingual(pair: Pair): Bilingual {
  const [zh, en, ...rest] = pair
  // An unquoted comma would silently cut a sentence in two.
  if (typeof zh !== 'string' || typeof en !== 'string' || rest.length > 0) throw new Error(`not a pair of texts: ${JSON.stringify(pair)}`)
  return { zh, en }
}
export const maybe = (pair: Pair | undefined | null): Bilingual | null => (pair ? bilingual(pair) : null)

/** Folder of the demo district's seeds. */
export const demoFolder = (): string => join(packageRoot(), 'seeds/demo')

export const readYaml = <T>(...path: string[]): T => parse(readFileSync(join(demoFolder(), ...path), 'utf8')) as T

/** The YAML files of a folder by name without ending, in order of their names. */
export function readFolder<T>(folder: string): Map<string, T> {
  const path = join(demoFolder(), folder)
  if (!existsSync(path)) throw new Error(`the seeds are incomplete: ${path} is missing`)
  const names = readdirSync(path).filter((file) => /^\d.*\.yaml$/.test(file)).sort()
  return new Map(names.map((file) => [file.slice(0, -'.yaml'.length), readYaml<T>(folder, file)]))
}
