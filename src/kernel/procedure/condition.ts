import { evaluateFeel } from '../../kit/feel.ts'

export type Facts = Readonly<Record<string, unknown>>
/** A FEEL condition. `null`: the facts do not decide it. */
export interface Condition { readonly text: string; readonly readsOutcome: boolean; holds(facts: Facts): boolean | null }

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*'
const COMPARISON = new RegExp(`^(${NAME}(?:\\.${NAME})*)\\s*(=|!=|<=|>=|<|>)\\s*("[^"\\\\]*"|-?\\d+(?:\\.\\d+)?|true|false)$`, 'u')
const PATH = new RegExp(`^(?:(not)\\()?(${NAME}(?:\\.${NAME})*)(\\))?$`, 'u')
const RESERVED = /^(true|false|null|if|then|else|for|in|return|some|every|satisfies|and|or|not|between|instance|of|function|external)$/

/**
 * Compiles a condition once. Comparisons of a path with a literal, bare and negated paths are compiled to closures;
 * everything else is FEEL in general.
 */
export function compileCondition(text: string): Condition {
  const readsOutcome = /\boutcome\b/.test(text)
  return { text, readsOutcome, holds: simple(text) ?? general(text) }
}

function simple(text: string): Condition['holds'] | null {
  const comparison = COMPARISON.exec(text)
  if (comparison) {
    const [, path, operator, literal] = comparison as unknown as [string, string, string, string]
    const names = path.split('.')
    if (names.some((n) => RESERVED.test(n))) return null
    const expected: string | number | boolean = JSON.parse(literal)
    return (facts) => compare(lookUp(facts, names), operator, expected)
  }
  const path = PATH.exec(text)
  if (!path || (path[1] === undefined) !== (path[3] === undefined)) return null
  const names = path[2]!.split('.')
  if (names.some((n) => RESERVED.test(n))) return null
  const wanted = path[1] === undefined
  return (facts) => { const value = lookUp(facts, names); return typeof value === 'boolean' ? value === wanted : null }
}

function lookUp(facts: Facts, names: readonly string[]): unknown {
  let value: unknown = facts
  for (const name of names) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/** FEEL: values of different types are not comparable, the answer is null; so is every order with null. */
function compare(value: unknown, operator: string, expected: string | number | boolean): boolean | null {
  if (typeof value !== typeof expected) return null
  if (operator === '=') return value === expected
  if (operator === '!=') return value !== expected
  if (typeof expected === 'boolean') return null
  const [a, b] = [value as string | number, expected]
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b
}

function general(text: string): Condition['holds'] {
  return (facts) => {
    let value: unknown
    try {
      value = evaluateFeel(text, facts)
    } catch {
      // Not FEEL (models carry XPath, JUEL and prose here): the facts do not decide it, an outcome must.
      return null
    }
    return typeof value === 'boolean' ? value : null
  }
}

const OPPOSITE: Readonly<Record<string, string>> = { '=': '!=', '!=': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' }

/** True where exactly one of two conditions must hold whatever the (present) facts: `x` and `not(x)`, `a < 5` and `a >= 5`, `a = true` and `a = false`. */
export function complementary(one: string, other: string): boolean {
  const [a, b] = [one.replace(/\s+/g, ' ').trim(), other.replace(/\s+/g, ' ').trim()]
  if (a === `not(${b})` || b === `not(${a})`) return true
  const [x, y] = [COMPARISON.exec(a), COMPARISON.exec(b)]
  if (!x || !y || x[1] !== y[1]) return false
  if (x[3] === y[3]) return OPPOSITE[x[2]!] === y[2]
  return x[2] === '=' && y[2] === '=' && [x[3], y[3]].sort().join() === 'false,true'
}
