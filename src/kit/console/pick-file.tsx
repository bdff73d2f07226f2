import { Button } from 'antd'
import { useRef } from 'react'

export interface PickFileProps {
  readonly id: string
  readonly label: string
  /** On the button; the browser's own speaks the browser's language. */
  readonly text: string
  readonly accept: string
  readonly multiple?: boolean
  readonly compact?: boolean
  readonly onPick: (files: readonly File[]) => void
}

/** Chooses files. The input stays the one that has the label and the keyboard; the button only shows it. */
export function PickFile({ id, label, text, accept, multiple = false, compact = false, onPick }: PickFileProps) {
  const input = useRef<HTMLInputElement>(null)
  const pick = (chosen: FileList | null): void => {
    onPick([...chosen ?? []])
    // The same file may be chosen again.
    if (input.current) input.current.value = ''
  }
  return (
    <span className="mt-pick">
      <input ref={input} id={id} type="file" className="mt-hidden-input" multiple={multiple} accept={accept} onChange={(event) => pick(event.target.files)} aria-label={label} />
      <Button size={compact ? 'small' : 'middle'} onClick={() => input.current?.click()} aria-hidden tabIndex={-1}>{text}</Button>
    </span>
  )
}
