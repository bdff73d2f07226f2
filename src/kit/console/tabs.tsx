import { useId, type KeyboardEvent, type ReactNode } from 'react'

export interface Tab { readonly key: string; readonly name: string; readonly content: () => ReactNode }
/** Tabs with the keyboard of the ARIA pattern: arrows move, Home and End jump. Only the chosen panel is drawn. */
export function TabPanels({ tabs, current, onChange, label }: { readonly tabs: readonly Tab[]; readonly current: string; readonly onChange: (key: string) => void; readonly label: string }) {
  const id = useId()
  const index = Math.max(0, tabs.findIndex((tab) => tab.key === current))
  const press = (event: KeyboardEvent): void => {
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const tab = tabs[(next + tabs.length) % tabs.length]!
    onChange(tab.key)
    document.getElementById(`${id}-${tab.key}`)?.focus()
  }
  const shown = tabs[index]!
  return (
    <>
      <div role="tablist" aria-label={label} className="mt-tabs-list" onKeyDown={press}>
        {tabs.map((tab, i) => <button key={tab.key} id={`${id}-${tab.key}`} type="button" role="tab" aria-selected={i === index} aria-controls={i === index ? `${id}-panel` : undefined} tabIndex={i === index ? 0 : -1} onClick={() => onChange(tab.key)}>{tab.name}</button>)}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown.key}`}>{shown.content()}</div>
    </>
  )
}
