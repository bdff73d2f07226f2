import { Button } from 'antd'
import { useRef, useState, type FormEvent } from 'react'
import { asProblem, AttemptKey, call, type Problem } from '../../../kit/console/api.ts'
import { Dialog } from '../../../kit/console/dialog.tsx'
import { compact, errorsByField, Fields, focusFirstWrong, type FieldSpec, type Values } from '../../../kit/console/fields.tsx'
import { useSay } from '../../../kit/console/language.tsx'
import { ProblemNote } from '../../../kit/console/screen.tsx'

export interface Command {
  readonly title: string
  readonly path: string
  readonly fields: readonly FieldSpec[]
  readonly initial?: Values
  /** What is sent, from what was filled in. */
  readonly body?: (values: Record<string, unknown>) => unknown
}

const TEXTS = { save: { zh: '确定', en: 'Save' }, cancel: { zh: '取消', en: 'Cancel' } } as const

/** One command in a dialogue: stays open with everything typed until it is done or left. */
export function CommandForm({ command, onClose, onDone }: { readonly command: Command; readonly onClose: () => void; readonly onDone: () => void }) {
  const t = useSay(TEXTS)
  const [values, setValues] = useState<Values>(command.initial ?? {})
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const attempts = useRef(new AttemptKey())
  const form = useRef<HTMLFormElement>(null)
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    const filled = compact(values)
    const body = command.body ? command.body(filled) : filled
    try {
      await call('POST', command.path, { body, key: attempts.current.for(body) })
      onDone()
    } catch (error) {
      setProblem(asProblem(error))
      focusFirstWrong(form.current)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={command.title} onClose={onClose}>
      <form ref={form} onSubmit={(event) => void send(event)}>
        <ProblemNote problem={problem} />
        <Fields specs={command.fields} values={values} onChange={setValues} errors={errorsByField(problem?.errors)} autoFocus />
        <div className="mt-outcomes"><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" htmlType="submit" loading={busy}>{t('save')}</Button></div>
      </form>
    </Dialog>
  )
}

/** A name in both languages is two fields. */
export const nameFields: readonly FieldSpec[] = [
  { name: 'nameZh', label: { zh: '中文名称', en: 'Chinese name' }, kind: 'text', required: true, maxLength: 200 }, { name: 'nameEn', label: { zh: '英文名称', en: 'English name' }, kind: 'text', required: true, maxLength: 300 },
]
export function withName({ nameZh, nameEn, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { ...rest, name: { zh: nameZh ?? '', en: nameEn ?? '' } }
}
