import { useSyncExternalStore, type MouseEvent, type ReactNode } from 'react'

/** Every screen has an address of its own, below this. */
const BASE = '/console'
const listeners = new Set<() => void>()
const announce = (): void => { for (const listener of listeners) listener() }
window.addEventListener('popstate', announce)

/** Paths are given without the base: `/cases/SJ-2026-000123`. */
export function navigate(to: string, how: { readonly replace?: boolean } = {}): void {
  const url = BASE + to
  if (url === window.location.pathname + window.location.search) return
  if (how.replace) window.history.replaceState(null, '', url)
  else window.history.pushState(null, '', url)
  announce()
  if (!how.replace) window.scrollTo(0, 0)
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const snapshot = (): string => window.location.pathname + window.location.search

export interface Location { readonly path: string; readonly query: URLSearchParams }
export function useLocation(): Location {
  const whole = useSyncExternalStore(subscribe, snapshot)
  const [path = '', query = ''] = whole.split('?')
  return { path: path.slice(BASE.length) || '/', query: new URLSearchParams(query) }
}

/** Changes parts of the query in place, so that what is on the screen can be sent to a colleague as a link. */
export function setQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const query = new URLSearchParams(window.location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  navigate(`${window.location.pathname.slice(BASE.length) || '/'}${text === '' ? '' : `?${text}`}`, { replace: true })
}

export interface LinkProps { readonly to: string; readonly children: ReactNode; readonly className?: string; readonly current?: boolean; readonly title?: string }
/** A real link: opens in a new tab like any other, and without reloading here. */
export function Link({ to, children, className, current, title }: LinkProps) {
  const go = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(to)
  }
  return <a href={BASE + to} onClick={go} className={className} title={title} aria-current={current ? 'page' : undefined}>{children}</a>
}
