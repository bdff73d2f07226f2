import { Button, Input } from 'antd'
import { useState } from 'react'
import { useLanguage, useSay, useText, type Localised } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { amountOf } from '../../../kit/console/when.ts'
import { ITEM_TYPES, ITEMS_PER_PAGE, type ItemSummary } from '../contract.ts'
import { Changes } from './changes.tsx'

const TEXTS = {
  title: { zh: '事项与指南', en: 'Items and guides' }, tabs: { zh: '事项', en: 'Items' }, list: { zh: '在用事项', en: 'In force' }, changes: { zh: '变更办理', en: 'Changes' }, find: { zh: '事项名称、日常用语或者编码', en: 'Name, everyday name or code' }, lead: { zh: '共 {n} 项', en: '{n} items' },
  name: { zh: '事项', en: 'Item' }, department: { zh: '实施主体', en: 'Department' }, type: { zh: '类型', en: 'Type' }, statutory: { zh: '法定', en: 'Statutory' }, promised: { zh: '承诺', en: 'Promised' }, version: { zh: '版本', en: 'Version' }, applicable: { zh: '可在此申请', en: 'Can be applied for' }, yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' }, none: { zh: '没有符合的事项，换一个说法试试。', en: 'No item fits; try other words.' },
  earlier: { zh: '上一页', en: 'Previous' }, later: { zh: '下一页', en: 'Next' }, pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
} as const
type Row = Localised<ItemSummary>

/** The items in force, and what is being changed. */
export default function Items() {
  const t = useSay(TEXTS)
  const { query } = useLocation()
  return <Screen title={t('title')}><TabPanels label={t('tabs')} current={query.get('tab') ?? 'list'} onChange={(tab) => setQuery({ tab })} tabs={[{ key: 'list', name: t('list'), content: () => <List /> }, { key: 'changes', name: t('changes'), content: () => <Changes /> }]} /></Screen>
}

function List() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  const [q, setQ] = useState(query.get('q') ?? '')
  const settled = useSettled(q.trim())
  const page = Math.max(1, Number(query.get('page')) || 1)
  const loaded = useLoaded<{ items: Row[]; total: number }>(`/api/v1/items?lang=${language}&page=${page}${settled ? `&q=${encodeURIComponent(settled)}` : ''}`)
  const pages = Math.max(1, Math.ceil((loaded.data?.total ?? 0) / ITEMS_PER_PAGE))
  const limit = (one: Row['statutoryLimit']) => (one ? amountOf(one.amount, one.unit, language) : '—')
  return (
    <>
      <div className="mt-row"><div className="mt-field mt-grow"><label htmlFor="items-find">{t('find')}</label><Input id="items-find" value={q} onChange={(event) => { setQ(event.target.value); setQuery({ q: event.target.value, page: undefined }) }} /></div></div>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : loaded.data.items.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <>
          <p className="mt-quiet">{t('lead', { n: loaded.data.total })}</p>
          <div className="mt-scroll"><table className="mt-table mt-stack">
            <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('department')}</th><th scope="col">{t('type')}</th><th scope="col">{t('statutory')}</th><th scope="col">{t('promised')}</th><th scope="col">{t('applicable')}</th><th scope="col">{t('version')}</th></tr></thead>
            <tbody>{loaded.data.items.map((item) => <tr key={item.code}><td data-label={t('name')}><span><Link to={`/items/${item.code}`}>{item.name}</Link><br /><code className="mt-quiet">{item.code}</code></span></td><td data-label={t('department')}>{item.department}</td><td data-label={t('type')}>{text(ITEM_TYPES.entries[item.itemType])}</td><td data-label={t('statutory')}>{limit(item.statutoryLimit)}</td><td data-label={t('promised')}>{limit(item.promisedLimit)}</td><td data-label={t('applicable')}>{item.applicable ? t('yes') : t('no')}</td><td data-label={t('version')}>{item.version}</td></tr>)}</tbody>
          </table></div>
        </>
      )}
      {pages > 1 ? <div className="mt-row"><Button disabled={page <= 1} onClick={() => setQuery({ page: String(page - 1) })}>{t('earlier')}</Button><span>{t('pages', { page, pages })}</span><Button disabled={page >= pages} onClick={() => setQuery({ page: String(page + 1) })}>{t('later')}</Button></div> : null}
    </>
  )
}
