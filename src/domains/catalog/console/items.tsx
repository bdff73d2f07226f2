import { Input } from 'antd'
import { useState } from 'react'
import { get } from '../../../kit/console/api.ts'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { useLanguage, useSay, useText, type Localised } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { pageOf, Pager } from '../../../kit/console/pager.tsx'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { amountOf } from '../../../kit/console/when.ts'
import { ITEM_TYPES, ITEMS_PER_PAGE, type ItemSummary } from '../contract.ts'
import { Changes } from './changes.tsx'

const TEXTS = {
  title: { zh: '事项与指南', en: 'Items and guides' }, tabs: { zh: '事项', en: 'Items' }, list: { zh: '在用事项', en: 'In force' }, changes: { zh: '变更办理', en: 'Changes' }, find: { zh: '事项名称、日常用语或者编码', en: 'Name, everyday name or code' }, lead: { zh: '共 {n} 项', en: '{n} items' },
  name: { zh: '事项', en: 'Item' }, department: { zh: '实施主体', en: 'Department' }, type: { zh: '类型', en: 'Type' }, statutory: { zh: '法定', en: 'Statutory' }, promised: { zh: '承诺', en: 'Promised' }, version: { zh: '版本', en: 'Version' }, applicable: { zh: '可在此申请', en: 'Can be applied for' }, yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' }, none: { zh: '没有符合的事项，换一个说法试试。', en: 'No item fits; try other words.' }, code: { zh: '实施编码', en: 'Code' },
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
  const page = pageOf(query)
  const pathOf = (n: number) => `/api/v1/items?lang=${language}&page=${n}${settled ? `&q=${encodeURIComponent(settled)}` : ''}`
  const loaded = useLoaded<{ items: Row[]; total: number }>(pathOf(page))
  const total = loaded.data?.total ?? 0
  const limit = (one: Row['statutoryLimit']) => (one ? amountOf(one.amount, one.unit, language) : '—')
  const exported = {
    name: t('title'), head: [t('name'), t('code'), t('department'), t('type'), t('statutory'), t('promised'), t('applicable'), t('version')], pages: Math.ceil(total / ITEMS_PER_PAGE), read: async (n: number) => (await get<{ items: Row[] }>(pathOf(n))).items,
    cells: (item: Row) => [item.name, item.code, item.department, text(ITEM_TYPES.entries[item.itemType]), limit(item.statutoryLimit), limit(item.promisedLimit), t(item.applicable ? 'yes' : 'no'), item.version],
  }
  return (
    <>
      <div className="mt-row mt-filters"><div className="mt-field mt-grow"><label htmlFor="items-find">{t('find')}</label><Input id="items-find" value={q} onChange={(event) => { setQ(event.target.value); setQuery({ q: event.target.value, page: undefined }) }} /></div><ExportButton of={exported} disabled={total === 0} /></div>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : loaded.data.items.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <>
          <p className="mt-quiet">{t('lead', { n: loaded.data.total })}</p>
          <div className="mt-scroll"><table className="mt-table mt-stack"><caption className="mt-hidden">{t('list')}</caption>
            <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('department')}</th><th scope="col">{t('type')}</th><th scope="col">{t('statutory')}</th><th scope="col">{t('promised')}</th><th scope="col">{t('applicable')}</th><th scope="col">{t('version')}</th></tr></thead>
            <tbody>{loaded.data.items.map((item) => <tr key={item.code}><td data-label={t('name')}><span><Link to={`/items/${item.code}`}>{item.name}</Link><br /><code className="mt-quiet">{item.code}</code></span></td><td data-label={t('department')}>{item.department}</td><td data-label={t('type')}>{text(ITEM_TYPES.entries[item.itemType])}</td><td data-label={t('statutory')} className="mt-no">{limit(item.statutoryLimit)}</td><td data-label={t('promised')} className="mt-no">{limit(item.promisedLimit)}</td><td data-label={t('applicable')}>{item.applicable ? t('yes') : t('no')}</td><td data-label={t('version')}>{item.version}</td></tr>)}</tbody>
          </table></div>
        </>
      )}
      <Pager page={page} size={ITEMS_PER_PAGE} total={total} />
    </>
  )
}
