import { Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import { asProblem, AttemptKey, call, type Problem } from '../../../kit/console/api.ts'
import { Field } from '../../../kit/console/fields.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { navigate } from '../../../kit/console/router.tsx'
import { Loading, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { useTyped } from '../../../kit/console/typed.ts'
import { Item } from '../contract.ts'
import { SECTIONS } from './labels.ts'
import { SchemaEditor, type Schema } from './schema-editor.tsx'

interface Finding { readonly code: string; readonly level: 'error' | 'warning'; readonly path: string; readonly message: string; readonly source: string }

const TEXTS = {
  title: { zh: '编辑：{name}', en: 'Edit: {name}' }, sections: { zh: '指南的部分', en: 'Parts of the guide' }, rules: { zh: '质量规则', en: 'Quality rules' }, clean: { zh: '● 符合全部规则', en: '● Keeps every rule' }, count: { zh: '■ {errors} 处错误，▲ {warnings} 处提示', en: '■ {errors} errors, ▲ {warnings} warnings' }, checking: { zh: '正在检查…', en: 'Checking…' }, malformed: { zh: '格式不对', en: 'Malformed' },
  reason: { zh: '变更理由', en: 'Why it is changed' }, draft: { zh: '提交审核', en: 'Send for review' }, withdrawItem: { zh: '拟取消该事项', en: 'Propose to withdraw it' }, unchanged: { zh: '还没有修改。', en: 'Nothing changed yet.' },
} as const
const SCHEMA = z.toJSONSchema(Item, { io: 'output', unrepresentable: 'any' }) as Schema

/** A new version of a guide; the rules answer as it is typed, and it goes to review by somebody else. */
export default function ItemEditor({ params }: { readonly params: readonly string[] }) {
  const code = params[0] ?? ''
  const source = useLoaded<Item>(`/api/v1/catalogue/items/${encodeURIComponent(code)}/source`)
  if (source.data === undefined) return source.problem ? <ProblemNote problem={source.problem} again={source.reload} kept=" " /> : <Loading />
  return <Editor source={source.data} />
}

function Editor({ source }: { readonly source: Item }) {
  const t = useSay(TEXTS)
  const text = useText()
  const [typed, setTyped, forget] = useTyped(`item ${source.code}`, { item: source, reason: '' })
  const item = (typed['item'] ?? source) as Item
  const reason = (typed['reason'] as string | undefined) ?? ''
  const [section, setSection] = useState(SECTIONS[0]!.key)
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const attempts = useRef(new AttemptKey())
  const { findings, checking } = useFindings(item)
  const byPath = useMemo(() => {
    const at = new Map<string, string[]>()
    for (const { path, message } of findings) at.set(path, [...(at.get(path) ?? []), message])
    return at
  }, [findings])
  const errors = findings.filter((one) => one.level === 'error').length
  const send = async (action: 'publish' | 'withdraw'): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    const body = { action, item, reason }
    try {
      await call('POST', '/api/v1/catalogue/changes', { body, key: attempts.current.for(body) })
      attempts.current.renew()
      forget()
      navigate('/items?tab=changes')
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  useKeys([{ key: 'Alt+S', label: t('draft'), run: () => void send('publish') }])
  const fields = SECTIONS.find((one) => one.key === section)!.fields
  return (
    <Screen title={t('title', { name: text(item.name) })} lead={<code>{item.code}</code>}>
      <ProblemNote problem={problem} />
      <div className="mt-two mt-editor">
        <aside aria-labelledby="rules" className="mt-rules">
          <h2 id="rules">{t('rules')}</h2>
          <p role="status">{checking ? t('checking') : findings.length === 0 ? t('clean') : t('count', { errors, warnings: findings.length - errors })}</p>
          <ul className="mt-found-list">{findings.map((one, i) => <li key={i}>{one.level === 'error' ? '■' : '▲'} <code>{one.code}</code> {one.message}<p className="mt-note" lang="zh-CN">{one.source}</p></li>)}</ul>
        </aside>
        <div>
          <TabPanels label={t('sections')} current={section} onChange={setSection} tabs={SECTIONS.map((one) => ({ key: one.key, name: text(one.name), content: () => <div className="mt-fields">{fields.map((name) => <SchemaEditor key={name} schema={SCHEMA.properties![name]!} name={name} path={`/${name}`} value={item[name as keyof Item]} findings={byPath} onChange={(value) => setTyped({ ...typed, item: { ...item, [name]: value } })} />)}</div> }))} />
          <Field spec={{ name: 'reason', label: TEXTS.reason, kind: 'area', required: true }} value={reason} onChange={(value) => setTyped({ ...typed, reason: (value as string | undefined) ?? '' })} />
          <div className="mt-sticky-end"><span className="mt-saved">{item === source ? t('unchanged') : ''}</span><Button disabled={reason.trim() === ''} onClick={() => void send('withdraw')}>{t('withdrawItem')}</Button><WithKey hint="Alt+S"><Button type="primary" loading={busy} disabled={reason.trim() === '' || item === source} onClick={() => void send('publish')}>{t('draft')}</Button></WithKey></div>
        </div>
      </div>
    </Screen>
  )
}

/** The server's rules over what is on the screen, half a second after the last keystroke. A malformed guide is a finding like any other. */
function useFindings(item: Item): { readonly findings: readonly Finding[]; readonly checking: boolean } {
  const t = useSay(TEXTS)
  const settled = useSettled(item, 500)
  const [state, setState] = useState<{ readonly of: Item | null; readonly findings: readonly Finding[] }>({ of: null, findings: [] })
  useEffect(() => {
    let current = true
    call<{ findings: Finding[] }>('POST', '/api/v1/catalogue/check', { body: settled }).then(
      ({ findings }) => { if (current) setState({ of: settled, findings }) },
      (error: unknown) => {
        const problem = asProblem(error)
        if (current) setState({ of: settled, findings: (problem.errors ?? [{ path: '', code: problem.code, message: problem.title }]).map((one) => ({ code: t('malformed'), level: 'error', path: one.path, message: one.message, source: '' })) })
      },
    )
    return () => { current = false }
  }, [settled])
  return { findings: state.findings, checking: state.of !== item }
}
