import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { asProblem, type Problem } from '../../../kit/console/api.ts'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { Loading, ProblemNote } from '../../../kit/console/screen.tsx'
import type { CaseView, FiledView } from '../contract.ts'
import { useGuide } from './guide.ts'
import { EMPTY, type Intake } from './intake.ts'
import { printPapers } from './print-papers.ts'
import { WorkArea } from './work-area.tsx'

export type FiledCase = FiledView & { readonly intake: Intake }

const TEXTS = {
  done: { zh: '已提交', en: 'Filed' }, track: { zh: '查询码', en: 'Track code' }, trackNote: { zh: '请申请人记下：凭办件编号和查询码可以查询进度。', en: 'For the applicant: number and code show the progress.' }, print: { zh: '打印全部文书', en: 'Print all papers' }, open: { zh: '打开办件', en: 'Open the case' },
  sameApplicant: { zh: '同一申请人再办一件', en: 'Another item for this applicant' }, sameAgent: { zh: '同一代理人，下一位申请人', en: 'Same agent, next applicant' }, next: { zh: '下一位', en: 'Next' }, now: { zh: '现在办理', en: 'Go on with it' },
} as const

/** What was filed: number and code to tell, papers to print, and acceptance or the one notice at once. */
export function Filed({ filed, onAgain, onClose }: { readonly filed: FiledCase; readonly onAgain: (keep: Intake) => void; readonly onClose: () => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const loaded = useLoaded<CaseView>(`/api/v1/cases/${filed.caseNo}`)
  const guide = useGuide(filed.item.code)
  const [problem, setProblem] = useState<Problem>()
  const heading = useRef<HTMLHeadingElement>(null)
  // Off the fields of the intake that is gone, so that keys choose what to do next.
  useEffect(() => heading.current?.focus(), [])
  const print = (): void => {
    setProblem(undefined)
    void printPapers(filed.caseNo).catch((error: unknown) => setProblem(asProblem(error)))
  }
  useKeys([{ key: 'Alt+P', label: t('print'), off: !loaded.data?.papers.length, run: print }, { key: 'Alt+N', label: t('next'), run: onClose }])
  const { applicant, representative, agent, service, itemCode } = filed.intake
  return (
    <section className="mt-done" aria-labelledby="filed">
      <h2 id="filed" tabIndex={-1} ref={heading}>{t('done')} · {text(filed.item.name)}</h2>
      <p><Link to={`/cases/${filed.caseNo}`} className="mt-big-number">{filed.caseNo}</Link></p>
      <p>{t('track')} <strong className="mt-big-number">{filed.trackCode}</strong> <span className="mt-quiet">{t('trackNote')}</span></p>
      <div className="mt-row">
        <WithKey hint="Alt+P"><Button type="primary" disabled={!loaded.data?.papers.length} onClick={print}>{t('print')}</Button></WithKey>
        <Button onClick={() => onAgain({ ...EMPTY, applicant, representative, agent, service })}>{t('sameApplicant')}</Button>
        {agent ? <Button onClick={() => onAgain({ ...EMPTY, agent, itemCode })}>{t('sameAgent')}</Button> : null}
        <WithKey hint="Alt+N"><Button onClick={onClose}>{t('next')}</Button></WithKey>
      </div>
      <ProblemNote problem={problem ?? loaded.problem} again={loaded.problem ? loaded.reload : print} kept=" " />
      <h3>{t('now')}</h3>
      {loaded.data ? <WorkArea closed view={loaded.data} item={guide.item} form={guide.form} onDone={loaded.reload} /> : loaded.problem ? null : <Loading />}
    </section>
  )
}
