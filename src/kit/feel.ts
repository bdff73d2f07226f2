import { evaluate, FeelFunction, SyntaxError as NotFeel } from 'feelin'

type Facts = Readonly<Record<string, unknown>>
/** The value of a FEEL expression over these facts; null where they do not give one. */
export type Feel = (facts: Facts) => unknown

const COMPILED_MAX = 5000
const compiled = new Map<string, Feel>()

/**
 * The value of a FEEL expression over named facts, null where they do not give one. Parsing takes some 0.3 ms and needs the facts' names, so an expression is read once
 * for the names it meets, as the body of a FEEL function of them, and only called afterwards.
 * @throws SyntaxError (feelin's) where the text is not FEEL
 */
export function evaluateFeel(expression: string, facts: Facts): unknown {
  const names = Object.keys(facts)
  const key = `${names.join()}\n${expression}`
  let feel = compiled.get(key)
  if (feel === undefined) {
    feel = compileFeel(expression, names)
    // Expressions and names come from published definitions; only a flood of other names could fill this.
    if (compiled.size >= COMPILED_MAX) compiled.clear()
    compiled.set(key, feel)
  }
  return feel(facts)
}

function compileFeel(expression: string, names: readonly string[]): Feel {
  // A name that FEEL would read as several words cannot be a parameter: read with the facts themselves, each time.
  if (!names.every((name) => PLAIN_NAME.test(name))) return (facts) => valueOf(() => evaluate(expression, { ...facts }).value)
  const { value, warnings } = evaluate(`function(${names.join(', ')}) ${expression}`)
  if (!(value instanceof FeelFunction)) throw new SyntaxError(`not FEEL: ${expression}`)
  return (facts) => {
    const result = valueOf(() => value.invoke(names.map((name) => facts[name])))
    // They would pile up with every call; null says it all.
    warnings.length = 0
    return result
  }
}

/**
 * What compares a number with a list has no value (DMN 1.5, §10.3.2: an operation outside its domain is null); feelin throws for some. Text
 * that is not FEEL stays an error.
 */
function valueOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (error instanceof NotFeel) throw error
    return null
  }
}

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u
