import { Tooltip } from 'antd'
import { cloneElement, useEffect, useId, useRef, useState, useSyncExternalStore, type ReactElement } from 'react'
import { Dialog } from './dialog.tsx'
import { useSay } from './language.tsx'

/** `Alt+S`, `Alt+Shift+1`, `F2`, `?`, `J`. Single characters work only outside a field. */
export interface Key {
  readonly key: string
  readonly label: string
  readonly run: () => void
  readonly off?: boolean
  /** Belongs to what stands in the dialogue in front. */
  readonly inDialog?: boolean
}

const known = new Map<string, readonly Key[]>()
const listeners = new Set<() => void>()
let list: readonly Key[] = []
function changed(): void {
  list = [...known.values()].flat()
  for (const listener of listeners) listener()
}

/** The screen's keys while it is shown; the list behind `?` reads them. */
export function useKeys(keys: readonly Key[]): void {
  const id = useId()
  const latest = useRef(keys)
  latest.current = keys
  const shown = keys.map((key) => `${key.key} ${key.label}`).join('\n')
  useEffect(() => {
    known.set(id, latest.current)
    changed()
    return () => {
      known.delete(id)
      changed()
    }
  }, [id, shown])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // A dialogue in front keeps the keyboard to itself.
      const inFront = document.querySelector('dialog[open]') !== null
      const hit = latest.current.find((key) => !key.off && (key.inDialog ?? false) === inFront && matches(key.key, event))
      if (!hit || event.defaultPrevented || event.isComposing) return
      event.preventDefault()
      hit.run()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

function matches(key: string, event: KeyboardEvent): boolean {
  const [last, ...modifiers] = key.split('+').reverse() as [string, ...string[]]
  if (event.ctrlKey !== modifiers.includes('Ctrl') || event.altKey !== modifiers.includes('Alt') || event.metaKey) return false
  if (last.length > 1) return event.key === last
  if (modifiers.length > 0) return event.shiftKey === modifiers.includes('Shift') && (event.code === `Key${last}` || event.code === `Digit${last}`)
  return !isTyping(event.target) && (event.key === last || event.key.toUpperCase() === last)
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ? !/^(checkbox|radio|button|file)$/.test(target.type) : target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))

/** Shows the key on hover and tells it to screen readers. */
export const WithKey = ({ hint, children }: { readonly hint: string; readonly children: ReactElement<{ 'aria-keyshortcuts'?: string }> }) =>
  (hint === '' ? children : <Tooltip title={hint} mouseEnterDelay={0.3}>{cloneElement(children, { 'aria-keyshortcuts': hint })}</Tooltip>)

/** `F1`, and outside a field `?`, opens the list of what keys do here. */
export function KeyList() {
  const [open, setOpen] = useState(false)
  const keys = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => list)
  const t = useSay({ title: { zh: '键盘快捷键', en: 'Keyboard' }, show: { zh: '显示快捷键', en: 'Show the keys' }, none: { zh: '本页没有其他快捷键', en: 'No other keys here' } })
  useKeys([{ key: 'F1', label: t('show'), run: () => setOpen(true) }, { key: '?', label: t('show'), run: () => setOpen(true) }])
  return (
    <>
      <button type="button" className="mt-plain mt-keys-button" onClick={() => setOpen(true)} aria-label={t('show')} title={`${t('show')} F1`}>?</button>
      {open ? <Dialog title={t('title')} onClose={() => setOpen(false)}>
        <dl className="mt-keys">{keys.map((key) => <div key={key.key + key.label}><dt><kbd>{key.key}</kbd></dt><dd>{key.label}</dd></div>)}</dl>
        {keys.length === 0 ? t('none') : null}
      </Dialog> : null}
    </>
  )
}
