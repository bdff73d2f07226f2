import { Button } from 'antd'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { useSay } from './language.tsx'

export interface DialogProps { readonly title: string; readonly onClose?: () => void; readonly wide?: boolean; readonly children: ReactNode }

/** The browser's own dialogue: it keeps the focus, Escape leaves it, and it needs no style of its own making. Without `onClose` it stays. */
export function Dialog({ title, onClose, wide, children }: DialogProps) {
  const t = useSay({ close: { zh: '关闭', en: 'Close' } })
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const dialog = element.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      // Left to itself the browser chooses the closing cross.
      const first = dialog.querySelector<HTMLElement>('[data-first]') ?? dialog.querySelector<HTMLElement>('.mt-dialog-body :is(input, textarea, select, button):not([disabled])')
      first?.focus()
    }
    return () => { if (before instanceof HTMLElement) before.focus() }
  }, [])
  return (
    <dialog ref={element} className={wide ? 'mt-dialog mt-dialog-wide' : 'mt-dialog'} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose?.() }}>
      <header><h2 id={id}>{title}</h2>{onClose ? <Button type="text" aria-label={t('close')} onClick={onClose}>✕</Button> : null}</header>
      <div className="mt-dialog-body">{children}</div>
    </dialog>
  )
}

export interface Question { readonly text: string; readonly yes: string; readonly run: () => void | Promise<void> }
/** Asks once before what cannot be undone: `const [confirm, ask] = useConfirm()`, `{confirm}` in the screen. */
export function useConfirm(): readonly [ReactNode, (question: Question) => void] {
  const [question, setQuestion] = useState<Question | null>(null)
  const t = useSay({ sure: { zh: '请确认', en: 'Please confirm' }, no: { zh: '返回', en: 'Back' } })
  const node = question ? (
    <Dialog title={t('sure')} onClose={() => setQuestion(null)}>
      <p>{question.text}</p>
      <div className="mt-outcomes"><Button onClick={() => setQuestion(null)}>{t('no')}</Button><Button type="primary" data-first onClick={() => { setQuestion(null); void question.run() }}>{question.yes}</Button></div>
    </Dialog>
  ) : null
  return [node, setQuestion]
}
