import { useCallback, useState } from 'react'
import type { Values } from './fields.tsx'

/** What was typed into forms that were left, kept in memory until the page is closed: going to look something up loses nothing. */
const kept = new Map<string, Values>()

/** Puts values into a form that is about to be opened. */
export const keep = (name: string, values: Values): void => { kept.set(name, values) }

export function useTyped(name: string, initial: Values = {}): readonly [Values, (values: Values) => void, () => void] {
  const [state, setState] = useState<{ readonly name: string; readonly values: Values }>({ name, values: kept.get(name) ?? initial })
  const values = state.name === name ? state.values : (kept.get(name) ?? initial)
  const set = useCallback((next: Values) => {
    kept.set(name, next)
    setState({ name, values: next })
  }, [name])
  const forget = useCallback(() => {
    kept.delete(name)
    setState({ name, values: {} })
  }, [name])
  return [values, set, forget]
}
