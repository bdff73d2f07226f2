import { Button } from 'antd'
import { useState } from 'react'
import { useLanguage, useSay, useText, type Localised } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link, navigate } from '../../../kit/console/router.tsx'
import { Loading, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { useMay } from '../../../kit/console/session.ts'
import { amountOf, listDay } from '../../../kit/console/when.ts'
import { ITEM_TYPES, MATERIAL_NECESSITIES, type FieldChange, type Item as Guide } from '../contract.ts'
import { ChangeTable } from './change-table.tsx'
import { labelOf } from './labels.ts'

type GuideView = Localised<Guide> & { readonly department: string }
interface Version { readonly version: number; readonly state: Guide['state']; readonly effectiveFrom: string; readonly effectiveTo: string | null }

const TEXTS = {
  edit: { zh: '编辑新版本', en: 'Edit a new version' }, public: { zh: '公众看到的指南', en: 'The public guide' }, back: { zh: '返回事项', en: 'Back to the items' }, materials: { zh: '申请材料', en: 'Materials' }, basis: { zh: '设定依据', en: 'Legal basis' }, conditions: { zh: '受理条件', en: 'Conditions' }, versions: { zh: '历次版本', en: 'Versions' }, version: { zh: '第 {n} 版', en: 'Version {n}' }, from: { zh: '自 {day} 起', en: 'from {day}' }, compare: { zh: '与上一版比较', en: 'Compare with the one before' }, changes: { zh: '第 {n} 版的变更', en: 'What version {n} changed' }, shared: { zh: '★ 共享取得', en: '★ shared' }, type: { zh: '类型', en: 'Type' }, none: { zh: '无', en: 'none' }, limit: { zh: '{amount}（{article}）', en: '{amount} ({article})' },
} as const

/** One item as it is in force, its versions and what each changed. */
export default function ItemScreen({ params }: { readonly params: readonly string[] }) {
  const code = params[0] ?? ''
  const t = useSay(TEXTS)
  const text = useText()
  const may = useMay()
  const language = useLanguage()
  const guide = useLoaded<GuideView>(`/api/v1/items/${encodeURIComponent(code)}?lang=${language}`)
  const versions = useLoaded<{ versions: Version[] }>(`/api/v1/items/${encodeURIComponent(code)}/versions`)
  const [compared, setCompared] = useState<number>()
  const diff = useLoaded<{ changes: Localised<FieldChange>[] }>(compared === undefined ? null : `/api/v1/items/${encodeURIComponent(code)}/diff?from=${compared - 1}&to=${compared}&lang=${language}`)
  const item = guide.data
  if (item === undefined) return guide.problem ? <Screen title={code}><ProblemNote problem={guide.problem} again={guide.reload} kept=" " /><Link to="/items">{t('back')}</Link></Screen> : <Loading />
  const limit = (one: GuideView['statutoryLimit']) => (one ? t('limit', { amount: amountOf(one.amount, one.unit, language), article: one.article }) : t('none'))
  return (
    <Screen title={item.name} lead={<code>{item.code}</code>} actions={<><a href={`/items/${item.code}`} target="_blank" rel="noreferrer">{t('public')}</a>{may('catalog.edit') ? <Button type="primary" onClick={() => navigate(`/items/${item.code}/draft`)}>{t('edit')}</Button> : null}</>}>
      <dl className="mt-facts">
        <dt>{text(labelOf('implementingBody'))}</dt><dd>{item.department}</dd><dt>{t('type')}</dt><dd>{text(ITEM_TYPES.entries[item.itemType])}</dd>
        <dt>{text(labelOf('statutoryLimit'))}</dt><dd>{limit(item.statutoryLimit)}</dd><dt>{text(labelOf('promisedLimit'))}</dt><dd>{limit(item.promisedLimit)}</dd>
        <dt>{text(labelOf('requiredVisits'))}</dt><dd>{item.requiredVisits}</dd><dt>{text(labelOf('consultation'))}</dt><dd>{item.consultation.phone}</dd><dt>{text(labelOf('complaint'))}</dt><dd>{item.complaint.phone}</dd>
      </dl>
      <section className="mt-section"><h2>{t('basis')}</h2><ul className="mt-found-list" lang="zh-CN">{item.legalBasis.map((one) => <li key={one.law + (one.article ?? '')}>{one.law} {one.article}</li>)}</ul></section>
      <section className="mt-section"><h2>{t('conditions')}</h2><ul className="mt-found-list">{item.acceptanceConditions.map((one) => <li key={one}>{one}</li>)}</ul></section>
      <section className="mt-section"><h2>{t('materials')} <small>{item.materials.length}</small></h2><ul className="mt-found-list">{item.materials.map((one) => <li key={one.id}><strong>{one.name}</strong> <span className="mt-quiet">{one.demanded ? text(MATERIAL_NECESSITIES.entries[one.necessity]) : t('shared')}</span> {one.requirements}</li>)}</ul></section>
      <section className="mt-section">
        <h2>{t('versions')}</h2>
        <ProblemNote problem={versions.problem ?? diff.problem} />
        <ul className="mt-found-list">{(versions.data?.versions ?? []).map((one) => <li key={one.version} className="mt-row"><span className="mt-grow"><strong>{t('version', { n: one.version })}</strong> {text(labelOf(one.state))} · {t('from', { day: listDay(one.effectiveFrom, language) })}</span>{one.version > 1 ? <Button size="small" onClick={() => setCompared(one.version)}>{t('compare')}</Button> : null}</li>)}</ul>
        {compared !== undefined && diff.data ? <ChangeTable caption={t('changes', { n: compared })} changes={diff.data.changes} /> : null}
      </section>
    </Screen>
  )
}
