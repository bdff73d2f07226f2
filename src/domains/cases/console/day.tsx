import { Button } from 'antd'
import { useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { when } from '../../../kit/console/when.ts'
import { longDay } from '../../../kit/portal/words.ts'
import type { DayView } from '../day-contract.ts'

const TEXTS = {
  title: { zh: '日清签退', en: 'Sign the day off' }, lead: { zh: '{day}，{posts}', en: '{day}, {posts}' },
  unsent: { zh: '已勾选未发出的补正告知', en: 'Notices ticked but not sent' }, unsentNone: { zh: '没有未发出的补正告知。', en: 'No notice is left unsent.' }, unsentWhy: { zh: '发出或者删除之后才能签退（逾期不告知的，自收到申请材料之日起即为受理）。', en: 'Send or drop them before signing off: what is not told in time is deemed accepted.' },
  defects: { zh: '{n} 处', en: 'points: {n}' }, saved: { zh: '{at} 由 {who} 保存', en: 'kept {at} by {who}' }, open: { zh: '去发出或者删除', en: 'Send or drop it' },
  holds: { zh: '挂起的收件', en: 'Intakes on hold' }, holdsNone: { zh: '没有挂起的收件。', en: 'Nothing is on hold.' }, counter: { zh: '到综合窗口', en: 'To the counter' },
  unserved: { zh: '今日作出、尚未送达的文书', en: 'Papers made today and not served yet' }, unservedNone: { zh: '今日的文书都已送达。', en: 'Every paper of today has been served.' },
  sign: { zh: '签退', en: 'Sign off' }, signed: { zh: '{post}已于 {at} 签退。', en: '{post} signed off {at}.' }, blocked: { zh: '还有 {n} 份告知未发出，不能签退。', en: 'Not sent yet: {n}. The day cannot be signed off.' },
} as const

/** What of the day is still open at the counter, and its sign-off. Only notices ticked but unsent stand against it. */
export default function Day() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const loaded = useLoaded<DayView>('/api/v1/counter/day')
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const view = loaded.data
  const sign = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      loaded.replace(await call<DayView>('POST', '/api/v1/counter/sign-offs', { body: {}, key: randomId() }))
    } catch (error) {
      setProblem(asProblem(error))
      loaded.reload()
    } finally {
      setBusy(false)
    }
  }
  if (view === undefined) return <Screen title={t('title')}>{loaded.problem ? <ProblemNote problem={loaded.problem} again={loaded.reload} /> : <Loading />}</Screen>
  return (
    <Screen title={t('title')} lead={t('lead', { day: longDay(view.day, language), posts: view.posts.map((post) => text(post)).join(language === 'zh' ? '、' : ', ') })}>
      <ProblemNote problem={problem} />
      {view.signedOff.map((one) => <p key={text(one.post)} className="mt-done" role="status">{t('signed', { post: text(one.post), at: when(one.at, language) })}</p>)}
      <section className="mt-section">
        <h2>{t('unsent')} <small>{view.unsent.length}</small></h2>
        {view.unsent.length === 0 ? <Nothing>{t('unsentNone')}</Nothing> : (
          <>
            <p>{t('unsentWhy')}</p>
            <ul className="mt-found-list">{view.unsent.map((one) => <li key={one.caseNo + text(one.post)} className="mt-row"><span className="mt-grow"><strong>{one.caseNo}</strong> {text(one.item)} · {one.applicant} · {t('defects', { n: one.defects })} <span className="mt-quiet">{t('saved', { at: when(one.savedAt, language), who: text(one.savedBy) })}</span></span><Link to={`/cases/${one.caseNo}?act=requestSupplement`}>{t('open')}</Link></li>)}</ul>
          </>
        )}
      </section>
      <section className="mt-section">
        <h2>{t('holds')} <small>{view.holds.length}</small></h2>
        {view.holds.length === 0 ? <Nothing>{t('holdsNone')}</Nothing> : <><ul className="mt-found-list">{view.holds.map((hold) => <li key={hold.id}><strong>{hold.label}</strong> <span className="mt-quiet">{when(hold.savedAt, language)}</span></li>)}</ul><p><Link to="/counter">{t('counter')}</Link></p></>}
      </section>
      <section className="mt-section">
        <h2>{t('unserved')} <small>{view.unserved.length}</small></h2>
        {view.unserved.length === 0 ? <Nothing>{t('unservedNone')}</Nothing> : <ul className="mt-found-list">{view.unserved.map((paper) => <li key={paper.no + paper.caseNo}><Link to={`/cases/${paper.caseNo}?tab=papers`}>{paper.caseNo}</Link> {text(paper.paper)} <span lang="zh-CN">{paper.no}</span> <span className="mt-quiet">{when(paper.madeAt, language)}</span></li>)}</ul>}
      </section>
      <div className="mt-outcomes">
        {view.unsent.length > 0 ? <span>{t('blocked', { n: view.unsent.length })}</span> : null}
        <Button type="primary" loading={busy} disabled={view.unsent.length > 0} onClick={() => void sign()}>{t('sign')}</Button>
      </div>
    </Screen>
  )
}
