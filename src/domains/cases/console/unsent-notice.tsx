import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, call, get, type Problem } from '../../../kit/console/api.ts'
import type { Values } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useSettled } from '../../../kit/console/loaded.ts'
import { ProblemNote } from '../../../kit/console/screen.tsx'
import { when } from '../../../kit/console/when.ts'
import type { Defect } from '../contract.ts'
import type { UnsentNotice } from '../day-contract.ts'

const TEXTS = {
  kept: { zh: '未发出的补正告知，{at} 由 {who} 保存；发出或者删除之前不能日清签退。', en: 'Not sent yet; kept {at} by {who}. The day cannot be signed off before it is sent or dropped.' },
  drop: { zh: '删除这份告知', en: 'Drop this notice' },
  load: { zh: '载入同事的最新内容', en: 'Load the colleague’s version' },
} as const
type Kept = { readonly notice: UnsentNotice | null }
const listOf = (values: Values): readonly Defect[] => (values['defects'] as readonly Defect[] | undefined) ?? []
const remarksOf = (values: Values): string => String(values['remarks'] ?? '')
const isEmpty = (values: Values): boolean => listOf(values).length === 0
const same = (a: Values, b: Values): boolean => JSON.stringify([listOf(a), remarksOf(a)]) === JSON.stringify([listOf(b), remarksOf(b)])

/**
 * Keeps what is ticked on the server as it is ticked: it belongs to the post and outlives the session. Where a colleague on the same
 * post was faster, she is told and loads the other's; nothing is overwritten.
 */
export function UnsentNoticeKeeper({ caseNo, values, onChange }: { readonly caseNo: string; readonly values: Values; readonly onChange: (values: Values) => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const path = `/api/v1/cases/${encodeURIComponent(caseNo)}/unsent-notice`
  const [notice, setNotice] = useState<UnsentNotice | null>()
  const [problem, setProblem] = useState<Problem>()
  const stored = useRef<Values>({})
  const settled = useSettled(values, 600)
  const latest = useRef({ values, onChange })
  latest.current = { values, onChange }

  const load = useCallback(async (): Promise<void> => {
    try {
      const { notice: found } = await get<Kept>(path)
      setProblem(undefined)
      setNotice(found)
      stored.current = found ? { defects: found.defects, remarks: found.remarks } : {}
      if (found) latest.current.onChange({ ...latest.current.values, ...stored.current })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }, [path])
  useEffect(() => { void load() }, [load])

  useEffect(() => {
    if (notice === undefined || problem?.code === 'counter/notice-changed' || same(settled, stored.current)) return
    const write = isEmpty(settled)
      ? call('DELETE', path).then((): Kept => ({ notice: null }))
      : call<Kept>('PUT', path, { body: { version: notice?.version ?? 0, defects: listOf(settled).map(({ materialId, field, what }) => ({ materialId, field, what })), remarks: remarksOf(settled) } })
    stored.current = settled
    write.then((answer) => { setProblem(undefined); setNotice(answer.notice) }, (error: unknown) => setProblem(asProblem(error)))
  }, [settled, notice, problem, path])

  return (
    <>
      <ProblemNote problem={problem} />
      {problem?.code === 'counter/notice-changed' ? <p><Button onClick={() => void load()}>{t('load')}</Button></p> : null}
      {notice ? <p className="mt-quiet" role="status">{t('kept', { at: when(notice.savedAt, language), who: text(notice.savedBy) })} <Button size="small" onClick={() => onChange({ ...values, defects: [], remarks: '' })}>{t('drop')}</Button></p> : null}
    </>
  )
}
