/** Wrong usage: exit 2. */
export class Usage extends Error {}

export interface Arguments {
  readonly positional: readonly string[]
  flag(name: string): boolean
  value(name: string): string | undefined
}

const FLAGS: ReadonlySet<string> = new Set(['json', 'before', 'explain', 'load', 'apply', 'help'])

/** `--name value`, `--name=value` and flags; everything else stands by its place. Nothing is taken that `usage` does not name. */
export function parseArguments(argv: readonly string[], usage: string): Arguments {
  const known = new Set([...usage.matchAll(/--([a-z-]+)/g)].map((match) => match[1]))
  const positional: string[] = []
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i]!
    if (!word.startsWith('--')) { positional.push(word); continue }
    const [name, inline] = splitOnce(word.slice(2))
    if (!known.has(name)) throw new Usage(`there is no --${name}`)
    if (FLAGS.has(name)) {
      if (inline !== undefined) throw new Usage(`--${name} takes no value`)
      flags.add(name)
      continue
    }
    const value = inline ?? argv[++i]
    if (value === undefined) throw new Usage(`--${name} needs a value`)
    if (values.has(name)) throw new Usage(`--${name} is given twice`)
    values.set(name, value)
  }
  const surplus = positional[placesIn(usage)]
  if (surplus !== undefined) throw new Usage(`“${surplus}” is one word too many`)
  return { positional, flag: (name) => flags.has(name), value: (name) => values.get(name) }
}

/** Words in capitals that stand by their place: `FILE`, `DIR_OR_URL`; those after an option are its value. */
const placesIn = (usage: string): number => [...usage.replace(/--[a-z-]+ \S+/g, '').matchAll(/(?<![\w.])[A-Z_]{3,}/g)].length

function splitOnce(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
