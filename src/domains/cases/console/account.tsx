import { Button } from 'antd'
import { useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { useConfirm } from '../../../kit/console/dialog.tsx'
import { Field } from '../../../kit/console/fields.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useListed, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { navigate } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { listDay, when } from '../../../kit/console/when.ts'
import type { AgencyView, IdentityView, OnlineAccountView } from '../account-contract.ts'
import { AgencyForm } from './agency-form.tsx'

const TEXTS = {
  title: { zh: '网上账户', en: 'Online account' }, lead: { zh: '{at} 注册。查阅和确认都会记录，并让本人看到。', en: 'Registered {at}. Each reading and confirmation is recorded and shown to its owner.' }, back: { zh: '回到窗口', en: 'To the counter' },
  identities: { zh: '身份', en: 'Identities' }, own: { zh: '持有人本人', en: 'The holder' }, other: { zh: '持有人所代表的', en: 'For whom the holder registered' }, document: { zh: '证件', en: 'Document' }, phone: { zh: '电话', en: 'Telephone' }, state: { zh: '核验', en: 'Confirmed' },
  seen: { zh: '✓ 已对照原件确认', en: '✓ against the original' }, unseen: { zh: '○ 本人填报，尚未核验', en: '○ declared, not confirmed' }, confirm: { zh: '核验原件并确认身份', en: 'Confirm against the original' },
  asOriginal: { zh: '原件上的姓名或者名称', en: 'Name as the original bears it' }, hint: { zh: '请持有人说出注册时的电话，与上面核对；再照原件录入姓名。三者不一致的不能确认。', en: 'Let the holder say the telephone number given on registering and compare; then type the name from the original. Where they differ it cannot be confirmed.' },
  joined: { zh: '已确认。其网上申请与窗口办件从现在起合在一处。', en: 'Confirmed. What was filed online and at counters is now in one place.' }, entered: { zh: '已登记。持有人在网上“我的”里选择以谁的名义办理。', en: 'Entered. The holder chooses online, under “My affairs”, for whom to act.' }, over: { zh: '已终止，立即生效。', en: 'Ended, from this moment.' },
  agencies: { zh: '授权', en: 'Agencies' }, none: { zh: '还没有登记授权。', en: 'No agency is entered.' }, principal: { zh: '委托人', en: 'Principal' }, scope: { zh: '范围', en: 'Scope' }, days: { zh: '期限', en: 'Days' }, standing: { zh: '状态', en: 'State' }, acts: { zh: '操作', en: 'Acts' },
  all: { zh: '全部事项', en: 'all items' }, from: { zh: '{from} 至 {to}', en: '{from} to {to}' }, open: { zh: '长期', en: 'without end' }, valid: { zh: '● 有效', en: '● in force' }, coming: { zh: '○ 尚未生效', en: '○ not yet in force' }, expired: { zh: '✕ 已到期', en: '✕ expired' }, ended: { zh: '✕ 已终止', en: '✕ ended' }, declared: { zh: '○ 自行填报', en: '○ declared only' },
  end: { zh: '提前终止', en: 'End early' }, sure: { zh: '终止对“{name}”的代理？持有人从现在起不能再代其办理；已经提交的办件不受影响。', en: 'End the agency for “{name}”? From now on the holder no longer acts for it; what was filed stands.' },
  fresh: { zh: '登记授权委托书', en: 'Enter a power of attorney' }, first: { zh: '先核验持有人本人的身份，再登记授权。', en: 'Confirm the holder’s own identity first.' },
} as const

/** An online account at the counter: who stands behind it, and for whom she may act (practice 8, 19). */
export default function Account({ params }: { readonly params: readonly string[] }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const base = `/api/v1/counter/accounts/${params[0]}`
  const account = useLoaded<OnlineAccountView>(base)
  const [confirm, ask] = useConfirm()
  const [problem, setProblem] = useState<Problem>()
  const [done, setDone] = useState<string>()
  const perform = async (path: string, body: object, said: string): Promise<boolean> => {
    setProblem(undefined)
    setDone(undefined)
    try {
      account.replace(await call<OnlineAccountView>('POST', `${base}/${path}`, { body, key: randomId() }))
      setDone(said)
      // What was pressed may be gone now, and an emptied field must not open its calendar.
      document.getElementById('screen-title')?.focus()
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    }
  }
  useKeys([{ key: 'Alt+C', label: t('back'), run: () => navigate('/counter') }])
  const { data } = account
  const end = (agency: AgencyView): void => { ask({ text: t('sure', { name: agency.name }), yes: t('end'), run: async () => { await perform(`agencies/${agency.id}/end`, {}, t('over')) } }) }
  return (
    <Screen title={t('title')} lead={data ? t('lead', { at: when(data.since, language) }) : null} actions={<WithKey hint="Alt+C"><Button onClick={() => navigate('/counter')}>{t('back')}</Button></WithKey>}>
      {confirm}
      <ProblemNote problem={problem ?? account.problem} {...(account.problem ? { again: account.reload } : {})} />
      {done ? <p className="mt-done" role="status">{done}</p> : null}
      {data === undefined ? (account.problem ? null : <Loading />) : (
        <>
          <section className="mt-section" aria-labelledby="identities">
            <h2 id="identities">{t('identities')}</h2>
            {data.identities.filter((one) => one.own || one.declared).map((one) => <Identity key={one.partyId} identity={one} blocked={!one.own && data.level < 3} onConfirm={(name) => perform('confirmations', { partyId: one.partyId, name }, t('joined'))} />)}
          </section>
          <section className="mt-section" aria-labelledby="agencies">
            <h2 id="agencies">{t('agencies')} <small>{data.agencies.length}</small></h2>
            {data.agencies.length === 0 ? <Nothing>{t('none')}</Nothing> : <Agencies agencies={data.agencies} onEnd={end} />}
          </section>
          <section className="mt-section" aria-labelledby="new-agency">
            <h2 id="new-agency">{t('fresh')}</h2>
            {data.level < 3 ? <Nothing>{t('first')}</Nothing> : <AgencyForm problem={problem} onEnter={(body) => perform('agencies', body, t('entered'))} />}
          </section>
        </>
      )}
    </Screen>
  )
}

function Identity({ identity, blocked, onConfirm }: { readonly identity: IdentityView; readonly blocked: boolean; readonly onConfirm: (name: string) => Promise<boolean> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const ready = identity.declared && !blocked && name.trim() !== '' && !busy
  const confirm = async (): Promise<void> => {
    setBusy(true)
    if (await onConfirm(name)) setName('')
    setBusy(false)
  }
  useKeys([{ key: 'Alt+S', label: t('confirm'), off: !ready, run: () => void confirm() }])
  return (
    <>
      <dl className="mt-facts">
        <dt>{t(identity.own ? 'own' : 'other')}</dt><dd><strong>{identity.name}</strong></dd><dt>{t('document')}</dt><dd>{text(identity.idType)} {identity.idNumber}</dd>
        {identity.own ? <><dt>{t('phone')}</dt><dd>{identity.phone}</dd></> : null}<dt>{t('state')}</dt><dd>{t(identity.declared ? 'unseen' : 'seen')}</dd>
      </dl>
      {!identity.declared ? null : blocked ? <Nothing>{t('first')}</Nothing> : (
        <form className="mt-after-fields" onSubmit={(event) => { event.preventDefault(); if (ready) void confirm() }}>
          <Field autoFocus spec={{ name: 'name', label: TEXTS.asOriginal, kind: 'text', required: true, maxLength: 200, hint: TEXTS.hint }} value={name} onChange={(value) => setName((value as string | undefined) ?? '')} />
          <div className="mt-row mt-after-fields"><WithKey hint="Alt+S"><Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>{t('confirm')}</Button></WithKey></div>
        </form>
      )}
    </>
  )
}

function Agencies({ agencies, onEnd }: { readonly agencies: readonly AgencyView[]; readonly onEnd: (agency: AgencyView) => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const listed = useListed()
  return (
    <div className="mt-scroll">
      <table className="mt-table mt-stack">
        <caption className="mt-hidden">{t('agencies')}</caption>
        <thead><tr><th scope="col">{t('principal')}</th><th scope="col">{t('scope')}</th><th scope="col">{t('days')}</th><th scope="col">{t('standing')}</th><th scope="col">{t('acts')}</th></tr></thead>
        <tbody>
          {agencies.map((agency) => (
            <tr key={agency.id}>
              <td data-label={t('principal')}><div>{agency.name}<p className="mt-quiet">{agency.idNumber}</p></div></td>
              <td data-label={t('scope')}>{agency.items.length === 0 ? t('all') : listed(agency.items.map((item) => text(item.name)))}</td>
              <td data-label={t('days')} className="mt-no">{t('from', { from: listDay(agency.validFrom, language), to: agency.validTo ? listDay(agency.validTo, language) : t('open') })}</td>
              <td data-label={t('standing')} className="mt-no">{t(agency.state === 'valid' && !agency.confirmed ? 'declared' : agency.state)}</td>
              <td data-label={t('acts')}>{agency.state === 'valid' || agency.state === 'coming' ? <Button size="small" aria-label={`${t('end')} ${agency.name}`} onClick={() => onEnd(agency)}>{t('end')}</Button> : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
