import { Input, type InputRef } from 'antd'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { ProblemNote } from '../../../kit/console/screen.tsx'
import type { Localised } from '../../../kit/console/language.tsx'
import { maskId } from '../../../base/identifiers.ts'
import { listInstant } from '../../../kit/console/when.ts'
import type { ItemSummary } from '../../catalog/contract.ts'
import type { FoundAccount } from '../account-contract.ts'
import { STAGE_NAMES, type CaseStage, type FoundDraft } from '../contract.ts'

export interface FoundCase { readonly caseNo: string; readonly stage: CaseStage; readonly item: { readonly code: string; readonly name: { zh: string; en: string } }; readonly applicant: string; readonly openedAt: string; readonly applicantDetails: Record<string, unknown> | null }
type FoundItem = Localised<ItemSummary>

const TEXTS = {
  field: { zh: '证件号码、姓名、电话、办件编号或者事项', en: 'Identity number, name, telephone, case number or item' }, focus: { zh: '回到查找栏', en: 'To the one field' },
  people: { zh: '申请人', en: 'Applicants' }, accounts: { zh: '网上账户', en: 'Online accounts' }, unseen: { zh: '○ 尚未核验原件', en: '○ not confirmed' }, seen: { zh: '✓ 已核验', en: '✓ confirmed' }, asAgent: { zh: '代“{name}”', en: 'for “{name}”' }, since: { zh: '{at} 注册', en: 'since {at}' }, account: { zh: '核验身份与授权', en: 'identity and agencies' }, drafts: { zh: '网上草稿', en: 'Drafts begun online' }, goOn: { zh: '接着办', en: 'go on' }, cases: { zh: '办件', en: 'Cases' }, items: { zh: '可以办理的事项', en: 'Items' }, none: { zh: '没有查到。可以直接填写新的申请人，或者换一个说法查事项。', en: 'Nothing found. Enter a new applicant, or try other words for the item.' }, searching: { zh: '正在查找…', en: 'Searching…' }, fresh: { zh: '新申请人：{text}', en: 'New applicant: {text}' }, useThem: { zh: '为其办理', en: 'serve them' },
} as const

export interface OneFieldProps { readonly onApplicant: (details: Record<string, unknown>) => void; readonly onFresh: (text: string) => void; readonly onItem: (code: string) => void; readonly onDraft: (draft: FoundDraft) => void }

interface Found { readonly cases: readonly FoundCase[]; readonly accounts: readonly FoundAccount[]; readonly drafts: readonly FoundDraft[] }
/** A document's number or a telephone is nobody's service, and does not go into an address; twelve digits may be an item's code. */
const mayBeItem = (text: string): boolean => /^\d{12}$/.test(text) || !/^[A-Z]{0,3}\d[\dA-Z-]{3,17}$/i.test(text)

/** The counter opens on one field; readers type into it like keyboards, and Enter or the arrow keys go to what was found. */
export function OneField({ onApplicant, onFresh, onItem, onDraft }: OneFieldProps) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const input = useRef<InputRef>(null)
  const list = useRef<HTMLDivElement>(null)
  const [q, setQ] = useState('')
  const settled = useSettled(q.trim(), 200)
  const asked = settled === '' ? null : settled
  const found = useLoaded<Found>(asked && '/api/v1/counter/find', { q: settled })
  const itemless = asked !== null && !mayBeItem(asked)
  const items = useLoaded<{ items: FoundItem[]; total: number }>(asked && !itemless ? `/api/v1/items?q=${encodeURIComponent(asked)}&lang=${language}` : null)
  const waiting = useRef(false)
  useKeys([{ key: 'F2', label: t('focus'), run: () => { input.current?.focus({ cursor: 'all' }) } }])
  useEffect(() => { input.current?.focus() }, [])
  const people = [...new Map((found.data?.cases ?? []).flatMap((one) => (one.applicantDetails ? [[`${String(one.applicantDetails['idType'])} ${String(one.applicantDetails['idNumber'])}`, one.applicantDetails] as const] : []))).values()]
  const applicable = (items.data?.items ?? []).filter((item) => item.applicable)
  const ready = asked !== null && found.data !== undefined && (itemless || items.data !== undefined) && q.trim() === settled
  const choices = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('a, button') ?? [])]
  useEffect(() => {
    if (!ready || !waiting.current) return
    waiting.current = false
    choices()[0]?.focus()
  }, [ready])
  const move = (event: KeyboardEvent): void => {
    const all = choices()
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'Enter' && at < 0) { event.preventDefault(); if (ready) all[0]?.focus(); else waiting.current = true }
    if (event.key === 'ArrowDown') { event.preventDefault(); all[Math.min(all.length - 1, at + 1)]?.focus() }
    if (event.key === 'ArrowUp') { event.preventDefault(); if (at <= 0) input.current?.focus(); else all[at - 1]?.focus() }
    if (event.key === 'Escape') { setQ(''); input.current?.focus() }
  }
  const clear = (): void => setQ('')
  return (
    <div className="mt-one-field" onKeyDown={move}>
      <label htmlFor="one-field">{t('field')}</label>
      <WithKey hint="F2"><Input ref={input} id="one-field" size="large" value={q} maxLength={100} autoComplete="off" onChange={(event) => setQ(event.target.value)} /></WithKey>
      <ProblemNote problem={found.problem ?? items.problem} again={() => { found.reload(); items.reload() }} />
      {asked !== null && !ready && !(found.problem ?? items.problem) ? <p className="mt-quiet" role="status">{t('searching')}</p> : null}
      {asked !== null ? (
        <div className="mt-found" ref={list} aria-live="polite">
          {people.length > 0 ? <section><h2>{t('people')}</h2><ul>{people.map((one) => <li key={String(one['idNumber'])}><button type="button" onClick={() => { onApplicant(one); clear() }}><strong>{String(one['name'])}</strong><span>{maskId(String(one['idNumber']))}</span><span className="mt-quiet">{String(one['phone'] ?? '')}</span><span>{t('useThem')} →</span></button></li>)}</ul></section> : null}
          {ready && people.length === 0 && applicable.length === 0 ? <section><ul><li><button type="button" onClick={() => { onFresh(settled); clear() }}>{t('fresh', { text: settled })}</button></li></ul></section> : null}
          {found.data && found.data.accounts.length > 0 ? <section><h2>{t('accounts')}</h2><ul>{found.data.accounts.map((one) => <li key={one.id}><Link to={`/counter/accounts/${one.id}`}><strong>{one.own ? one.name : t('asAgent', { name: one.name })}</strong><span>{one.phone}</span><span className="mt-quiet">{t('since', { at: listInstant(one.since, language) })}</span><span>{t(one.declared ? 'unseen' : 'seen')}</span><span>{t('account')} →</span></Link></li>)}</ul></section> : null}
          {found.data && found.data.drafts.length > 0 ? <section><h2>{t('drafts')}</h2><ul>{found.data.drafts.map((one) => <li key={one.caseNo}><button type="button" onClick={() => { onDraft(one); clear() }}><strong>{text(one.item.name)}</strong><span>{one.caseNo}</span><span className="mt-quiet">{listInstant(one.openedAt, language)}</span><span>{t('goOn')} →</span></button></li>)}</ul></section> : null}
          {found.data && found.data.cases.length > 0 ? <section><h2>{t('cases')}</h2><ul>{found.data.cases.slice(0, 10).map((one) => <li key={one.caseNo}><Link to={`/cases/${one.caseNo}`}><strong>{one.caseNo}</strong><span>{text(one.item.name)}</span><span>{one.applicant}</span><span>{text(STAGE_NAMES[one.stage])}</span><span className="mt-quiet">{listInstant(one.openedAt, language)}</span></Link></li>)}</ul></section> : null}
          {applicable.length > 0 ? <section><h2>{t('items')}</h2><ul>{applicable.slice(0, 8).map((item) => <li key={item.code}><button type="button" onClick={() => { onItem(item.code); clear() }}><strong>{item.name}</strong><span className="mt-quiet">{item.department}</span></button></li>)}</ul></section> : null}
          {ready && people.length === 0 && found.data?.cases.length === 0 && found.data.accounts.length === 0 && found.data.drafts.length === 0 && applicable.length === 0 ? <p className="mt-nothing mt-found-none">{t('none')}</p> : null}
        </div>
      ) : null}
    </div>
  )
}
