import { Button, Input } from 'antd'
import { useState } from 'react'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { longDay } from '../../../kit/portal/words.ts'
import { maskId } from '../../../base/identifiers.ts'
import { CREDIT_KIND_NAMES, type CreditView } from '../contract.ts'

const TEXTS = {
  title: { zh: '失信记录', en: 'Credit records' }, lead: { zh: '告知承诺未履行而被撤销决定的，共 {n} 条（北京市优化营商环境条例 第三十三条）。查阅会记录并告知当事人。', en: '{n} grants annulled for a commitment not kept (Beijing Business Environment Regulations art. 33). Each reading is recorded and shown to the party.' },
  find: { zh: '姓名或名称、证件号码、办件编号', en: 'Name, identity number or case number' }, none: { zh: '没有记录。', en: 'Nothing is recorded.' },
  on: { zh: '记入日期', en: 'Recorded' }, kind: { zh: '情形', en: 'Kind' }, name: { zh: '当事人', en: 'Party' }, item: { zh: '事项', en: 'Item' }, facts: { zh: '事实', en: 'Facts' }, article: { zh: '依据', en: 'Under' }, document: { zh: '撤销决定', en: 'Annulment' }, caseNo: { zh: '办件编号', en: 'Case' },
  earlier: { zh: '上一页', en: 'Previous' }, later: { zh: '下一页', en: 'Next' },
} as const
const SIZE = 50

/** Breaches of commitments, newest first: who, what and by which decision. */
export default function Credit() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  // Not in the address: it may be somebody's identity number.
  const [q, setQ] = useState('')
  const settled = useSettled(q.trim())
  const page = Math.max(1, Number(query.get('page')) || 1)
  const list = useLoaded<{ total: number; records: CreditView[] }>('/api/v1/credit-records/find', { q: settled, page })
  const pages = Math.max(1, Math.ceil((list.data?.total ?? 0) / SIZE))
  return (
    <Screen title={t('title')} lead={list.data ? t('lead', { n: list.data.total }) : null}>
      <div className="mt-row"><div className="mt-field mt-grow"><label htmlFor="credit-find">{t('find')}</label><Input id="credit-find" value={q} onChange={(event) => { setQ(event.target.value); setQuery({ page: undefined }) }} allowClear={false} /></div></div>
      <ProblemNote problem={list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.records.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead><tr><th scope="col">{t('on')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('name')}</th><th scope="col">{t('item')}</th><th scope="col">{t('facts')}</th><th scope="col">{t('document')}</th><th scope="col">{t('caseNo')}</th></tr></thead>
            <tbody>
              {list.data.records.map((record) => (
                <tr key={record.id}>
                  <td data-label={t('on')} className="mt-no">{longDay(record.recordedOn, language)}</td><td data-label={t('kind')}><div>{text(CREDIT_KIND_NAMES[record.kind])}<p className="mt-quiet" lang="zh-CN">{record.article}</p></div></td>
                  <td data-label={t('name')}><div>{record.name}<p className="mt-quiet">{maskId(record.idNumber)}</p></div></td><td data-label={t('item')}>{text(record.item.name)}</td><td data-label={t('facts')}>{record.facts}</td>
                  <td data-label={t('document')} lang="zh-CN">{record.documentNo}</td><td data-label={t('caseNo')} className="mt-no"><Link to={`/cases/${record.caseNo}`}>{record.caseNo}</Link></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 ? <div className="mt-row"><Button disabled={page <= 1} onClick={() => setQuery({ page: String(page - 1) })}>{t('earlier')}</Button><Button disabled={page >= pages} onClick={() => setQuery({ page: String(page + 1) })}>{t('later')}</Button></div> : null}
    </Screen>
  )
}
