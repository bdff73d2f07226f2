import { Button, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import { dayAt } from '../../../base/civil-day.ts'
import type { Problem } from '../../../kit/console/api.ts'
import { errorsByField, Fields, focusFirstWrong, type FieldSpec, type Values } from '../../../kit/console/fields.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay, useText, type Localised } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import type { ItemSummary } from '../../catalog/contract.ts'
import { applicantFields } from './intake.ts'

const TEXTS = {
  enter: { zh: '核验原件并登记', en: 'Seen; enter it' }, kind: { zh: '委托人是', en: 'The principal is' }, scope: { zh: '委托的范围', en: 'Scope' }, all: { zh: '全部事项', en: 'all items' }, named: { zh: '指定事项', en: 'items named' }, items: { zh: '委托的事项', en: 'Items it covers' }, find: { zh: '输入名称查找', en: 'Type a name to find them' },
  from: { zh: '自（含当日）', en: 'From (that day included)' }, until: { zh: '至（含当日）', en: 'Until (that day included)' }, scan: { zh: '授权委托书扫描件', en: 'Scan of the power of attorney' }, none: { zh: '没有查到', en: 'Nothing found' },
} as const
const today = (): string => dayAt(new Date())
const EMPTY: Values = { kind: 'person', idType: '111' }
const PRINCIPAL = ['kind', 'idType', 'idNumber', 'name']

/** 授权委托书: who gives it, for what, from when until when, and its scan. */
export function AgencyForm({ problem, onEnter }: { readonly problem: Problem | undefined; readonly onEnter: (body: object) => Promise<boolean> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const whole = useRef<HTMLDivElement>(null)
  const [principal, setPrincipal] = useState<Values>(EMPTY)
  const [rest, setRest] = useState<Values>({ validFrom: today() })
  const [items, setItems] = useState<readonly Chosen[]>([])
  const [busy, setBusy] = useState(false)
  const scope: readonly FieldSpec[] = [
    { name: 'scope', label: TEXTS.scope, kind: 'radio', required: true, options: [{ value: 'all', label: t('all') }, { value: 'named', label: t('named') }] },
  ]
  const paper: readonly FieldSpec[] = [
    { name: 'validFrom', label: TEXTS.from, kind: 'day', required: true }, { name: 'validTo', label: TEXTS.until, kind: 'day', required: true }, { name: 'authorityFileId', label: TEXTS.scan, kind: 'file', required: true },
  ]
  const enter = async (): Promise<void> => {
    setBusy(true)
    const { kind, idType, idNumber = '', name = '' } = principal
    if (await onEnter({ principal: { kind, idType, idNumber, name }, items: rest['scope'] === 'named' ? items.map(({ value }) => value) : [], ...rest })) {
      setPrincipal(EMPTY)
      setRest({ validFrom: today() })
      setItems([])
    } else focusFirstWrong(whole.current)
    setBusy(false)
  }
  useKeys([{ key: 'Alt+G', label: t('enter'), off: busy, run: () => void enter() }])
  const errors = { ...errorsByField(problem?.errors), ...errorsByField(problem?.errors, '/principal') }
  return (
    <div ref={whole}>
      <Fields specs={applicantFields(principal, text).filter(({ name }) => PRINCIPAL.includes(name)).map((spec) => (spec.name === 'kind' ? { ...spec, label: TEXTS.kind } : spec))} values={principal} errors={errors}
        onChange={(next) => setPrincipal(next['kind'] === principal['kind'] ? next : { ...next, idType: next['kind'] === 'organisation' ? '001' : '111' })} />
      <div className="mt-after-fields"><Fields specs={scope} values={rest} errors={errors} onChange={setRest} /></div>
      {rest['scope'] === 'named' ? <ItemsField value={items} onChange={setItems} error={errors['items']} /> : null}
      <div className="mt-after-fields"><Fields specs={paper} values={rest} errors={errors} onChange={setRest} /></div>
      <div className="mt-row mt-after-fields"><WithKey hint="Alt+G"><Button type="primary" loading={busy} onClick={() => void enter()}>{t('enter')}</Button></WithKey></div>
    </div>
  )
}

interface Chosen { readonly value: string; readonly label: string }
/** Several items, found by their names as the one field finds them. */
function ItemsField({ value, onChange, error }: { readonly value: readonly Chosen[]; readonly onChange: (value: readonly Chosen[]) => void; readonly error: string | undefined }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const id = useId()
  const [q, setQ] = useState('')
  const settled = useSettled(q.trim(), 200)
  const found = useLoaded<{ items: Localised<ItemSummary>[] }>(`/api/v1/items?${new URLSearchParams({ q: settled, lang: language })}`)
  const options = (found.data?.items ?? []).map((item): Chosen => ({ value: item.code, label: item.name }))
  return (
    <div className={`mt-field mt-field-wide mt-after-fields${error ? ' mt-field-wrong' : ''}`} data-field="items">
      <label htmlFor={id}>{t('items')}</label>
      <Select id={id} mode="multiple" labelInValue value={[...value]} placeholder={t('find')} aria-invalid={error !== undefined} aria-describedby={error ? `${id}-error` : undefined} options={options} showSearch={{ filterOption: false, onSearch: setQ }} notFoundContent={t('none')} onChange={(next: Chosen[]) => { onChange(next.map((one) => ({ value: one.value, label: one.label }))); setQ('') }} style={{ width: '100%' }} />
      {error ? <p className="mt-error" id={`${id}-error`}>{error}</p> : null}
    </div>
  )
}
