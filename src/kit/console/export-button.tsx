import { Button } from 'antd'
import { useState } from 'react'
import { asProblem, type Problem } from './api.ts'
import { dayAt } from '../../base/civil-day.ts'
import { csvOf, saveText, type Cell } from './csv.ts'
import { useSay } from './language.tsx'
import { ProblemNote } from './screen.tsx'

const TEXTS = { export: { zh: '导出表格（CSV）', en: 'Export (CSV)' }, reading: { zh: '正在读取第 {page} 页…', en: 'Reading page {page}…' } } as const

/** What a list becomes as a table: `page` from 1, in the order and under the filters that the screen shows. */
export interface Export<Row> {
  /** Begins the file's name. */
  readonly name: string
  readonly head: readonly string[]
  readonly pages: number
  readonly read: (page: number) => Promise<readonly Row[]>
  readonly cells: (row: Row) => readonly Cell[]
}

/** Takes the whole list away, not only the page on the screen. A failure is told and may be tried again. */
export function ExportButton<Row>({ of, disabled = false }: { readonly of: Export<Row>; readonly disabled?: boolean }) {
  const t = useSay(TEXTS)
  const [page, setPage] = useState(0)
  const [problem, setProblem] = useState<Problem>()
  const take = async (): Promise<void> => {
    setProblem(undefined)
    try {
      const rows: Row[] = []
      for (let n = 1; n <= of.pages; n += 1) {
        setPage(n)
        rows.push(...await of.read(n))
      }
      saveText(`${of.name}-${dayAt(new Date())}.csv`, csvOf([of.head, ...rows.map(of.cells)]))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setPage(0)
    }
  }
  return (
    <>
      <Button onClick={() => void take()} disabled={disabled || page > 0}>{page > 0 && of.pages > 1 ? t('reading', { page }) : t('export')}</Button>
      {problem ? <div className="mt-whole"><ProblemNote problem={problem} again={() => void take()} kept=" " /></div> : null}
    </>
  )
}
