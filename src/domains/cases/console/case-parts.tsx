import { Button } from 'antd'
import { Fragment, useState } from 'react'
import { useLanguage, useListed, useSay, useText } from '../../../kit/console/language.tsx'
import { Nothing } from '../../../kit/console/screen.tsx'
import { when } from '../../../kit/console/when.ts'
import { longDay, money } from '../../../kit/portal/words.ts'
import { maskId } from '../../../base/identifiers.ts'
import type { GuideForm, GuideItem } from './guide.ts'
import { SERVICE_MODE_NAMES, type CaseView } from '../contract.ts'
import type { CaseFile } from './file.ts'
import { SERVICE_WAYS } from './intake.ts'
import { MaterialPreview } from './material-preview.tsx'
import { saidWith } from './said-with.ts'

const TEXTS = {
  receipt: { zh: '凭证 {id}', en: 'Receipt {id}' }, verify: { zh: '核验', en: 'Verify' }, ground: { zh: '依据', en: 'Under' }, none: { zh: '还没有行为。', en: 'No act yet.' },
  noMaterials: { zh: '还没有材料。', en: 'No materials yet.' }, versions: { zh: '第 {n} 版', en: 'version {n}' }, earlier: { zh: '旧版 {n}', en: 'earlier {n}' }, view: { zh: '查看', en: 'View' }, paper: { zh: '纸质', en: 'on paper' }, seen: { zh: '原件已核验', en: 'original seen' }, copies: { zh: '{n} 份', en: 'copies: {n}' },
  electronic: { zh: '电子', en: 'electronic' }, original: { zh: '原件', en: 'original' }, copy: { zh: '复印件', en: 'copy' }, shared: { zh: '共享', en: 'shared' },
  applicant: { zh: '申请人', en: 'Applicant' }, representative: { zh: '法定代表人或监护人', en: 'Representative' }, agent: { zh: '代理人', en: 'Agent' }, phone: { zh: '电话', en: 'Telephone' }, idNumber: { zh: '证件号码', en: 'Identity number' }, address: { zh: '地址', en: 'Address' }, validTo: { zh: '委托期限至', en: 'Authority until' }, scope: { zh: '委托事项', en: 'Scope' },
  interested: { zh: '利害关系人', en: 'Interested parties' }, heard: { zh: '已于 {day} 听取', en: 'heard on {day}' }, told: { zh: '已于 {day} 告知', en: 'told on {day}' }, show: { zh: '显示全部号码', en: 'Show numbers' }, masked: { zh: '您的岗位只能看到办理阶段，看不到个人信息。', en: 'Your post may see stages and days here, not persons.' },
  service: { zh: '送达方式', en: 'Service' }, consent: { zh: '同意电子送达', en: 'consents to electronic service' }, noConsent: { zh: '未同意电子送达', en: 'no consent to electronic service' }, email: { zh: '电子邮箱', en: 'E-mail' },
  papers: { zh: '文书', en: 'Papers' }, no: { zh: '文号', en: 'Number' }, at: { zh: '时间', en: 'Made' }, pdf: { zh: '打开 PDF', en: 'Open PDF' }, noPapers: { zh: '还没有文书。', en: 'No papers yet.' }, services: { zh: '送达', en: 'Service of papers' }, noServices: { zh: '还没有送达记录。', en: 'Nothing served yet.' }, recipient: { zh: '签收人', en: 'Received by' }, mode: { zh: '方式', en: 'Manner' }, servedOn: { zh: '送达日', en: 'Served on' },
  form: { zh: '表单内容', en: 'Form' }, yes: { zh: '是', en: 'yes' }, no_: { zh: '否', en: 'no' }, payment: { zh: '费用', en: 'Fee' }, paid: { zh: '已缴，票据 {no}', en: 'paid, receipt {no}' }, unpaid: { zh: '未缴', en: 'unpaid' }, notices: { zh: '对申请人的告知', en: 'What the applicant was told' }, decision: { zh: '决定', en: 'Decision' }, seals: { zh: '用印', en: 'Seals used' },
} as const

/** Acts, the newest first: who, under which post and ground, with the receipt anybody can check. */
export function Timeline({ view, file }: { readonly view: CaseView; readonly file: Partial<CaseFile> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  if (view.history.length === 0) return <Nothing>{t('none')}</Nothing>
  const said = saidWith(view, file)
  const acts = view.history.map((act, i) => ({ ...act, said: said[i] })).reverse()
  return (
    <ol className="mt-timeline" reversed>
      {acts.map((act) => (
        <li key={act.receiptId}>
          <strong>{text(act.name)}</strong> <span className="mt-quiet">{when(act.at, language)}</span>
          <p>{text(act.postName) || act.post}{act.person ? ` · ${act.person}` : ''}</p>
          {act.said ? <p className="mt-said">{act.said}</p> : null}
          <p><span lang="zh-CN">{t('ground')} {act.ground}</span> · <a href={`/verify?receipt=${act.receiptId}`} target="_blank" rel="noreferrer">{t('receipt', { id: act.receiptId.slice(0, 8) })}</a></p>
        </li>
      ))}
    </ol>
  )
}

/** What lies in the file, the latest version first. */
export function MaterialList({ view, file, item }: { readonly view: CaseView; readonly file: Partial<CaseFile>; readonly item: GuideItem | undefined }) {
  const t = useSay(TEXTS)
  const text = useText()
  const [shown, setShown] = useState<{ readonly url: string; readonly name: string }>()
  const ids = [...new Set((file.materials ?? []).map((material) => material.materialId))]
  if (ids.length === 0) return <Nothing>{t('noMaterials')}</Nothing>
  const url = (fileId: string) => `/api/v1/cases/${view.caseNo}/files/${fileId}`
  return (
    <>
      <ul className="mt-found-list">
        {ids.map((id) => {
          const versions = (file.materials ?? []).filter((material) => material.materialId === id).sort((a, b) => b.version - a.version)
          const [latest, ...earlier] = versions as [(typeof versions)[number], ...typeof versions]
          const name = text(item?.materials.find((material) => material.id === id)?.name) || id
          return (
            <li key={id}>
              <strong>{name}</strong> <span className="mt-quiet">{t(latest.form as 'electronic')} · {t('copies', { n: latest.copies })}{latest.version > 1 ? ` · ${t('versions', { n: latest.version })}` : ''}{latest.originalSeen ? ` · ✓ ${t('seen')}` : ''}</span>{' '}
              {latest.fileId ? <Button size="small" aria-label={`${t('view')} ${name}`} onClick={() => setShown({ url: url(latest.fileId!), name })}>{t('view')}</Button> : <span className="mt-quiet">{t('paper')}</span>}
              {earlier.filter((one) => one.fileId).map((one) => <Button key={one.version} size="small" type="link" onClick={() => setShown({ url: url(one.fileId!), name: `${name} ${t('earlier', { n: one.version })}` })}>{t('earlier', { n: one.version })}</Button>)}
            </li>
          )
        })}
      </ul>
      {shown ? <MaterialPreview url={shown.url} name={shown.name} onClose={() => setShown(undefined)} /> : null}
    </>
  )
}

/** What was filled in, in the words of the form. */
export function FormFacts({ file, form }: { readonly file: Partial<CaseFile>; readonly form: GuideForm | undefined }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const listed = useListed()
  const [open, setOpen] = useState(false)
  const fields = form?.sections.flatMap((section) => section.fields) ?? []
  const entries = fields.filter((field) => file.form?.[field.id] !== undefined)
  if (entries.length === 0) return null
  const say = (field: (typeof fields)[number], value: unknown): string =>
    typeof value === 'boolean' ? (value ? t('yes') : t('no_')) : field.type === 'amountFen' ? money(Number(value), language) : field.type === 'day' ? longDay(String(value), language) : field.type === 'residentId' && !open ? maskId(String(value)) : field.options ? text(field.options.find((option) => option.value === value)?.label) || String(value) : Array.isArray(value) ? listed(value.map(String)) : String(value)
  return (
    <>
      {entries.some((field) => field.type === 'residentId') ? <div className="mt-row"><Button size="small" aria-pressed={open} onClick={() => setOpen(!open)}>{t('show')}</Button></div> : null}
      <dl className="mt-facts">{entries.map((field) => <Fragment key={field.id}><dt>{text(field.label)}</dt><dd>{say(field, file.form![field.id])}</dd></Fragment>)}</dl>
    </>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: string | undefined }) => (children ? <><dt>{name}</dt><dd>{children}</dd></> : null)

export function Parties({ view, file }: { readonly view: CaseView; readonly file: Partial<CaseFile> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  if (view.masked || !file.application) return <Nothing>{t('masked')}</Nothing>
  const { applicant, representative, agent, service } = file.application
  const number = (no: string) => (open ? no : maskId(no))
  return (
    <>
      <div className="mt-row"><Button size="small" aria-pressed={open} onClick={() => setOpen(!open)}>{t('show')}</Button></div>
      <section className="mt-section"><h2>{t('applicant')}</h2><dl className="mt-facts"><Fact name={t('applicant')}>{applicant.name}</Fact><Fact name={t('idNumber')}>{number(applicant.idNumber)}</Fact><Fact name={t('phone')}>{applicant.phone}</Fact><Fact name={t('email')}>{applicant.email}</Fact><Fact name={t('address')}>{applicant.address}</Fact><Fact name={t('service')}>{`${text(SERVICE_WAYS[service.mode])} · ${service.consent ? t('consent') : t('noConsent')}`}</Fact></dl></section>
      {representative ? <section className="mt-section"><h2>{t('representative')}</h2><dl className="mt-facts"><Fact name={t('representative')}>{representative.name}</Fact><Fact name={t('idNumber')}>{number(representative.idNumber)}</Fact><Fact name={t('phone')}>{representative.phone}</Fact></dl></section> : null}
      {agent ? <section className="mt-section"><h2>{t('agent')}</h2><dl className="mt-facts"><Fact name={t('agent')}>{agent.name}</Fact><Fact name={t('idNumber')}>{number(agent.idNumber)}</Fact><Fact name={t('phone')}>{agent.phone}</Fact><Fact name={t('scope')}>{agent.scope}</Fact><Fact name={t('validTo')}>{longDay(agent.validTo, language)}</Fact></dl></section> : null}
      {file.interestedParties?.length ? <section className="mt-section"><h2>{t('interested')}</h2><ul className="mt-found-list">{file.interestedParties.map((party) => <li key={party.name + party.toldOn}><strong>{party.name}</strong> {party.interest} · {party.heardOn ? t('heard', { day: longDay(party.heardOn, language) }) : t('told', { day: longDay(party.toldOn, language) })}{party.statement ? <p>{party.statement}</p> : null}</li>)}</ul></section> : null}
    </>
  )
}

export function Papers({ view, file }: { readonly view: CaseView; readonly file: Partial<CaseFile> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  if (view.masked) return <Nothing>{t('masked')}</Nothing>
  return (
    <>
      <section className="mt-section">
        <h2>{t('papers')}</h2>
        {view.papers.length === 0 ? <Nothing>{t('noPapers')}</Nothing> : (
          <div className="mt-scroll"><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('papers')}</th><th scope="col">{t('no')}</th><th scope="col">{t('at')}</th></tr></thead><tbody>
            {view.papers.map((paper) => <tr key={paper.id}><td data-label={t('papers')}><a href={paper.url} target="_blank" rel="noreferrer" title={t('pdf')}>{text(paper.name)}</a></td><td data-label={t('no')} lang="zh-CN">{paper.no}</td><td data-label={t('at')}>{when(paper.at, language)}</td></tr>)}
          </tbody></table></div>
        )}
      </section>
      <section className="mt-section">
        <h2>{t('services')}</h2>
        {file.services?.length ? <ul className="mt-found-list">{file.services.map((one, i) => <li key={i}>{text(view.papers.find((paper) => paper.kind === one.paper)?.name) || one.paper} · {text(SERVICE_MODE_NAMES[one.mode as keyof typeof SERVICE_MODE_NAMES])} · {t('servedOn')} {longDay(one.servedOn, language)} · {t('recipient')} {one.recipient}</li>)}</ul> : <Nothing>{t('noServices')}</Nothing>}
      </section>
      {file.payment ? <section className="mt-section"><h2>{t('payment')}</h2><p>{money(file.payment.totalFen, language)} · {file.payment.paidOn ? t('paid', { no: file.payment.receiptNo ?? '' }) : t('unpaid')}</p></section> : null}
      {file.seals?.length ? <section className="mt-section"><h2>{t('seals')}</h2><ul className="mt-found-list">{file.seals.map((seal, i) => <li key={i}>{text(view.papers.find((paper) => paper.kind === seal.paper)?.name) || seal.paper} · {longDay(seal.on, language)} · {seal.purpose}</li>)}</ul></section> : null}
    </>
  )
}
