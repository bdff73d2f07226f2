import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useListed, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { listDue, listInstant } from '../../../kit/console/when.ts'
import { STAGE_NAMES, type CaseStage } from '../contract.ts'
import type { ShiftAcceptance, Shifts as ShiftsView } from '../counter-contract.ts'

const TEXTS = {
  title: { zh: '交接班', en: 'Hand-over' }, lead: { zh: '首问负责到接收人确认为止；接收人确认后，责任随之移交。', en: 'Responsibility of first contact stays until the receiver accepts.' }, toMe: { zh: '等待我接收', en: 'Waiting for me' }, accept: { zh: '确认接收 {n} 件', en: 'Accept {n} cases' }, from: { zh: '{name} 移交', en: 'from {name}' },
  notices: { zh: '一并接收未发出的补正告知 {n} 份（{cases}）', en: 'Also take over the notices not yet sent: {n} ({cases})' },
  mine: { zh: '我负责的在办件', en: 'My open cases' }, none: { zh: '您名下没有在办件。', en: 'You have no open cases.' }, all: { zh: '全选', en: 'Choose all' }, choose: { zh: '选择 {no}', en: 'Choose {no}' }, to: { zh: '移交给', en: 'Hand over to' }, note: { zh: '交接说明', en: 'Note' }, offer: { zh: '移交选中的 {n} 件', en: 'Hand over {n}' },
  sent: { zh: '我移交的', en: 'Handed over by me' }, waiting: { zh: '待 {name} 确认', en: 'waiting for {name}' }, accepted: { zh: '{name} 已于 {at} 接收', en: '{name} accepted {at}' }, taken: { zh: '已接收 {n} 件', en: '{n} cases taken over' }, left: { zh: '未能接收：', en: 'Could not be taken: ' },
  caseNo: { zh: '办件编号', en: 'Case' }, item: { zh: '事项', en: 'Item' }, applicant: { zh: '申请人', en: 'Applicant' }, stage: { zh: '阶段', en: 'Stage' }, due: { zh: '到期', en: 'Due' },
} as const

/** A shift's hand-over passes every open case, with the receiver's acceptance (practice 19). */
export default function Shifts() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const listed = useListed()
  const view = useLoaded<ShiftsView>('/api/v1/counter/shifts')
  const colleagues = useLoaded<{ people: { id: string; name: { zh: string; en: string }; posts: { zh: string; en: string }[] }[] }>('/api/v1/administration/colleagues')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const [withNotices, setWithNotices] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<Problem>()
  const [done, setDone] = useState<ShiftAcceptance>()
  const perform = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined)
    setBusy(true)
    try {
      await work()
      setChosen(new Set())
      setNote('')
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
    view.reload()
  }
  const offer = () => perform(() => call('POST', '/api/v1/counter/shifts', { body: { toPersonId: to, caseNos: [...chosen], note }, key: randomId() }))
  const accept = (id: string) => perform(async () => setDone(await call<ShiftAcceptance>('POST', `/api/v1/counter/shifts/${id}/acceptance`, { body: { notices: withNotices.has(id) }, key: randomId() })))
  const mine = view.data?.mine ?? []
  const [busy, setBusy] = useState(false)
  const toggle = (no: string, on: boolean): void => { const next = new Set(chosen); if (on) next.add(no); else next.delete(no); setChosen(next) }
  return (
    <Screen title={t('title')} lead={t('lead')}>
      <ProblemNote problem={problem ?? view.problem} again={() => { setProblem(undefined); view.reload() }} />
      {done ? <p className="mt-done" role="status">{t('taken', { n: done.taken.length })}{done.left.length > 0 ? ` ${t('left')}${listed(done.left.map((one) => `${one.caseNo} ${one.title}`))}` : ''}</p> : null}
      {view.data === undefined ? (view.problem ? null : <Loading />) : (
        <>
          {view.data.toMe.length > 0 ? <section className="mt-section"><h2>{t('toMe')}</h2><ul className="mt-found-list">{view.data.toMe.map((shift) => <li key={shift.id} className="mt-row"><span className="mt-grow"><strong>{t('from', { name: text(shift.fromName) })}</strong> {listInstant(shift.offeredAt, language)} {shift.note}<br />{shift.caseNos.map((no) => <span key={no}><Link to={`/cases/${no}`}>{no}</Link> </span>)}{shift.unsent.length > 0 ? <><br /><Checkbox checked={withNotices.has(shift.id)} onChange={(event) => { const next = new Set(withNotices); if (event.target.checked) next.add(shift.id); else next.delete(shift.id); setWithNotices(next) }}>{t('notices', { n: shift.unsent.length, cases: listed(shift.unsent.map((one) => one.caseNo)) })}</Checkbox></> : null}</span><Button type="primary" loading={busy} disabled={shift.unsent.length > 0 && !withNotices.has(shift.id)} onClick={() => void accept(shift.id)}>{t('accept', { n: shift.caseNos.length })}</Button></li>)}</ul></section> : null}
          <section className="mt-section">
            <h2>{t('mine')} <small>{mine.length}</small></h2>
            {mine.length === 0 ? <Nothing>{t('none')}</Nothing> : (
              <>
                <div className="mt-scroll"><table className="mt-table mt-stack mt-cards"><caption className="mt-hidden">{t('mine')}</caption><thead><tr><th scope="col"><Checkbox aria-label={t('all')} checked={chosen.size === mine.length} onChange={(event) => setChosen(new Set(event.target.checked ? mine.map((one) => one.caseNo) : []))} /></th><th scope="col">{t('caseNo')}</th><th scope="col">{t('item')}</th><th scope="col">{t('applicant')}</th><th scope="col">{t('stage')}</th><th scope="col">{t('due')}</th></tr></thead><tbody>
                  {mine.map((one) => <tr key={one.caseNo}><td><Checkbox aria-label={t('choose', { no: one.caseNo })} checked={chosen.has(one.caseNo)} onChange={(event) => toggle(one.caseNo, event.target.checked)} /></td><td data-label={t('caseNo')} className="mt-no"><Link to={`/cases/${one.caseNo}`}>{one.caseNo}</Link></td><td data-label={t('item')} className="mt-card-line">{text(one.item)}</td><td data-label={t('applicant')}>{one.applicant}</td><td data-label={t('stage')} className="mt-no mt-card-quiet">{text(STAGE_NAMES[one.stage as CaseStage])}</td><td data-label={t('due')} className="mt-no mt-card-quiet">{listDue(one.dueAt, language)}</td></tr>)}
                </tbody></table></div>
                <div className="mt-sticky-end mt-filters">
                  <Field spec={{ name: 'to', label: TEXTS.to, kind: 'select', required: true, options: (colleagues.data?.people ?? []).map((person) => ({ value: person.id, label: `${text(person.name)} ${listed([...new Set(person.posts.map(text))])}` })) }} value={to} onChange={(value) => setTo(value as string | undefined)} />
                  <Field spec={{ name: 'note', label: TEXTS.note, kind: 'text', maxLength: 500 }} value={note} onChange={(value) => setNote((value as string | undefined) ?? '')} />
                  <Button type="primary" loading={busy} disabled={chosen.size === 0 || !to} onClick={() => void offer()}>{t('offer', { n: chosen.size })}</Button>
                </div>
              </>
            )}
          </section>
          {view.data.fromMe.length > 0 ? <section className="mt-section"><h2>{t('sent')}</h2><ul className="mt-found-list">{view.data.fromMe.map((shift) => <li key={shift.id}>{listInstant(shift.offeredAt, language)} · {listed(shift.caseNos)} · {shift.acceptedAt ? t('accepted', { name: text(shift.toName), at: listInstant(shift.acceptedAt, language) }) : t('waiting', { name: text(shift.toName) })}</li>)}</ul></section> : null}
        </>
      )}
    </Screen>
  )
}
