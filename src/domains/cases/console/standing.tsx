import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Link } from '../../../kit/console/router.tsx'
import { longDay } from '../../../kit/portal/words.ts'
import { ANNULMENT_GROUND_NAMES, CREDIT_KIND_NAMES, type CaseView } from '../contract.ts'
import type { CaseFile } from './file.ts'

const TEXTS = {
  annulled: { zh: '已撤销', en: 'Annulled' }, annulledOn: { zh: '{day}以 {no} 撤销：{ground}。{reasons}', en: 'Annulled on {day} by {no}: {ground}. {reasons}' }, publicAnnulled: { zh: '准予决定已于{day}以 {no} 撤销。', en: 'The grant was annulled on {day} by {no}.' },
  barred: { zh: '至{day}不得再次申请。', en: 'No new application until {day}.' },
  pending: { zh: '拟撤销', en: 'An annulment is announced' }, told: { zh: '{day}告知：{ground}。{facts}', en: 'Told on {day}: {ground}. {facts}' }, heard: { zh: '{day}陈述申辩：{statement}', en: 'Stated on {day}: {statement}' }, waived: { zh: '{day}明确放弃陈述申辩。', en: 'Waived on {day}.' }, silent: { zh: '尚未陈述申辩。', en: 'Nothing stated yet.' },
  kept: { zh: '{day}决定不予撤销：{reasons}', en: 'Kept on {day}: {reasons}' },
  checked: { zh: '承诺事后核查', en: 'Check after the commitment' }, found: { zh: '{day}：{facts}', en: '{day}: {facts}' }, ordered: { zh: '责令 {n} 个工作日内整改，至{day}止。', en: 'Ordered to rectify within {n} working days, by {day}.' },
  orderUnserved: { zh: '责令自送达次日起 {n} 个工作日内整改；通知书尚未送达，期限没有开始。', en: 'Ordered to rectify within {n} working days from service; the order is not served yet and no day runs.' },
  rectified: { zh: '{day}复查：整改合格。', en: 'Checked on {day}: put right.' }, notRectified: { zh: '{day}复查：仍未达到条件。{facts}', en: 'Checked on {day}: still not put right. {facts}' },
  credit: { zh: '申请人有告知承诺失信记录 {n} 条', en: 'The applicant has {n} breaches of commitments on record' }, creditLaw: { zh: '供审查时参考；法律没有因此禁止以告知承诺方式办理。', en: 'For information; no law bars a new commitment for it.' },
} as const

/** What stands over a case: an applicant's broken word, the check after a commitment, an annulment announced or made. */
export function Standing({ view, file }: { readonly view: CaseView; readonly file: Partial<CaseFile> }) {
  return <><Credit view={view} /><Check file={file} /><Undone view={view} file={file} /></>
}

function Credit({ view }: { readonly view: CaseView }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  // The record this very case gave rise to is told below as its annulment.
  const records = (view.credit ?? []).filter((record) => record.caseNo !== view.caseNo)
  if (records.length === 0) return null
  return (
    <section className="mt-banner" aria-label={t('credit', { n: records.length })}>
      <strong>{t('credit', { n: records.length })}</strong>
      <ul>{records.map((record) => <li key={record.id}>{longDay(record.recordedOn, language)} {text(CREDIT_KIND_NAMES[record.kind])} · {text(record.item.name)} · <Link to={`/cases/${record.caseNo}`}>{record.caseNo}</Link></li>)}</ul>
      <p className="mt-quiet">{t('creditLaw')}</p>
    </section>
  )
}

function Check({ file }: { readonly file: Partial<CaseFile> }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const { afterCheck } = file
  if (!afterCheck || afterCheck.finding === 'conforms') return null
  const { rectification } = afterCheck
  const again = rectification?.checkedOn ? t(rectification.finding === 'rectified' ? 'rectified' : 'notRectified', { day: longDay(rectification.checkedOn, language), facts: rectification.facts ?? '' }) : ''
  return (
    <section className="mt-banner" aria-label={t('checked')}>
      <strong>{t('checked')}</strong>
      <p>{t('found', { day: longDay(afterCheck.on, language), facts: afterCheck.facts })}</p>
      {rectification ? <p>{rectification.dueOn === null ? t('orderUnserved', { n: rectification.workingDays }) : t('ordered', { n: rectification.workingDays, day: longDay(rectification.dueOn, language) })} {again}</p> : null}
    </section>
  )
}

function Undone({ view, file }: { readonly view: CaseView; readonly file: Partial<CaseFile> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  // Who may read no persons sees number and day alone.
  if (view.masked) {
    const known = (view.data as { annulment?: { on: string; documentNo: string } } | undefined)?.annulment
    return known ? <section className="mt-banner" aria-label={t('annulled')}><strong>{t('annulled')}</strong><p>{t('publicAnnulled', { day: longDay(known.on, language), no: known.documentNo })}</p></section> : null
  }
  const { annulment } = file
  if (!annulment) return null
  const { decided, dropped, heard } = annulment
  const ground = text(ANNULMENT_GROUND_NAMES[annulment.ground])
  const title = t(decided ? 'annulled' : 'pending')
  const statement = heard === null ? t('silent') : heard.statement === '' ? t('waived', { day: longDay(heard.on, language) }) : t('heard', { day: longDay(heard.on, language), statement: heard.statement })
  return (
    <section className="mt-banner" aria-label={title}>
      {dropped ? null : <strong>{title}</strong>}
      <p>{t('told', { day: longDay(annulment.toldOn, language), ground, facts: annulment.facts })} {statement}</p>
      {dropped ? <p>{t('kept', { day: longDay(dropped.on, language), reasons: dropped.reasons })}</p> : null}
      {decided ? <p>{t('annulledOn', { day: longDay(decided.on, language), no: decided.documentNo, ground, reasons: decided.reasons })} {decided.barredUntil ? t('barred', { day: longDay(decided.barredUntil, language) }) : ''}</p> : null}
    </section>
  )
}
