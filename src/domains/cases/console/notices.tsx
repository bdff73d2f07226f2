import { Button } from 'antd'
import { useEffect } from 'react'
import { Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { setQuery } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote } from '../../../kit/console/screen.tsx'
import { keep } from '../../../kit/console/typed.ts'
import { when } from '../../../kit/console/when.ts'
import type { CaseView } from '../contract.ts'

/** One notice on one channel, as `GET /api/v1/cases/:caseNo/notices` answers it; `at` is when its outcome was known. */
interface NoticeView {
  readonly deliveryId: string
  readonly subject: { readonly zh: string; readonly en: string }
  readonly channel: keyof typeof CHANNELS
  readonly address: string
  readonly statutory: boolean
  readonly state: keyof typeof STATES
  readonly attempts: number
  readonly owedAt: string
  readonly at: string | null
  readonly outcome: string | null
  readonly readAt: string | null
}

const CHANNELS = { inApp: { zh: '消息中心', en: 'Message centre' }, sms: { zh: '短信', en: 'SMS' }, email: { zh: '电子邮件', en: 'E-mail' }, telephone: { zh: '电话', en: 'Telephone' }, paper: { zh: '纸质文书', en: 'On paper' } } as const
const STATES = { owed: { zh: '待发出', en: 'To be sent' }, sent: { zh: '已发出', en: 'Sent' }, delivered: { zh: '已送达', en: 'Delivered' }, failed: { zh: '未送达', en: 'Failed' } } as const
const SHAPES = { owed: ['green', '○'], sent: ['green', '◐'], delivered: ['green', '●'], failed: ['red', '■'] } as const
const TEXTS = {
  statutory: { zh: '法定告知', en: 'Statutory notices' }, courtesy: { zh: '其他提醒（{n}）', en: 'Other messages ({n})' }, notice: { zh: '告知', en: 'Notice' }, channel: { zh: '渠道', en: 'Channel' }, to: { zh: '发往', en: 'To' }, owed: { zh: '告知时间', en: 'Told' }, outcome: { zh: '结果', en: 'Outcome' }, none: { zh: '还没有法定告知。', en: 'No statutory notice yet.' },
  read: { zh: '{at} 已阅读', en: 'read {at}' }, attempts: { zh: '已试 {n} 次', en: '{n} attempts' }, call: { zh: '电话通知', en: 'Telephone' }, callOf: { zh: '电话通知：{subject}', en: 'Telephone: {subject}' }, masked: { zh: '您的岗位只能看到办理阶段，看不到个人信息。', en: 'Your post may see stages and days here, not persons.' },
  which: { zh: '哪一项告知', en: 'Which notice' }, noFailed: { zh: '没有未送达的告知。', en: 'No notice has failed.' },
} as const
const TELEPHONED = 'telephoned'

/** What the parties were told, on which channel, when and with what outcome; one that reached nobody becomes a telephone call. */
export function Notices({ view }: { readonly view: CaseView }) {
  const t = useSay(TEXTS)
  const loaded = useNotices(view)
  if (view.masked) return <Nothing>{t('masked')}</Nothing>
  if (loaded.data === undefined) return loaded.problem ? <ProblemNote problem={loaded.problem} again={loaded.reload} kept=" " /> : <Loading />
  const statutory = loaded.data.notices.filter((notice) => notice.statutory)
  const courtesy = loaded.data.notices.filter((notice) => !notice.statutory)
  const mayCall = view.acts.some((offer) => offer.act === TELEPHONED)
  return (
    <>
      <section className="mt-section"><h2>{t('statutory')} <small>{statutory.length}</small></h2>{statutory.length === 0 ? <Nothing>{t('none')}</Nothing> : <Table notices={statutory} caption={t('statutory')} caseNo={view.caseNo} mayCall={mayCall} />}</section>
      {courtesy.length > 0 ? <details><summary>{t('courtesy', { n: courtesy.length })}</summary><Table notices={courtesy} caption={t('courtesy', { n: courtesy.length })} caseNo={view.caseNo} mayCall={false} /></details> : null}
    </>
  )
}

function Table({ notices, caption, caseNo, mayCall }: { readonly notices: readonly NoticeView[]; readonly caption: string; readonly caseNo: string; readonly mayCall: boolean }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const call = (notice: NoticeView): void => {
    keep(`${caseNo} ${TELEPHONED}`, { deliveryId: notice.deliveryId })
    setQuery({ tab: undefined, act: TELEPHONED })
  }
  return (
    <div className="mt-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="mt-table mt-stack">
        <caption className="mt-hidden">{caption}</caption>
        <thead><tr><th scope="col">{t('notice')}</th><th scope="col">{t('channel')}</th><th scope="col">{t('owed')}</th><th scope="col">{t('outcome')}</th></tr></thead>
        <tbody>
          {notices.map((notice) => (
            <tr key={notice.deliveryId}>
              <td data-label={t('notice')}><span>{text(notice.subject)}</span></td>
              <td data-label={t('channel')}><span>{text(CHANNELS[notice.channel])} {notice.address ? <span className="mt-quiet">{notice.address}</span> : null}</span></td>
              <td data-label={t('owed')}>{when(notice.owedAt, language)}</td>
              <td data-label={t('outcome')}>
                <div>
                  <Outcome notice={notice} />
                  {notice.state === 'failed' && mayCall ? <p><Button size="small" aria-label={t('callOf', { subject: text(notice.subject) })} onClick={() => call(notice)}>{t('call')}</Button></p> : null}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Outcome({ notice }: { readonly notice: NoticeView }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [colour, shape] = SHAPES[notice.state]
  const said = text(STATES[notice.state])
  return (
    <>
      <span className={`mt-light mt-light-${colour}`}><span className="mt-shape" aria-hidden>{shape}</span>{said}</span>
      {notice.at ? <span className="mt-quiet"> {when(notice.at, language)}</span> : null}
      {notice.outcome && notice.outcome !== STATES[notice.state].zh ? <p className="mt-hint" lang={/\p{Script=Han}/u.test(notice.outcome) ? 'zh-CN' : 'en'}>{notice.outcome}</p> : null}
      {notice.attempts > 1 ? <span className="mt-quiet"> · {t('attempts', { n: notice.attempts })}</span> : null}
      {notice.readAt ? <span className="mt-quiet"> · {t('read', { at: when(notice.readAt, language) })}</span> : null}
    </>
  )
}

/** Which failed notice the call stands for; the first unless another was chosen. */
export function FailedNotice({ view, value, onChange, error }: { readonly view: CaseView; readonly value: unknown; readonly onChange: (deliveryId: string) => void; readonly error: string | undefined }) {
  const t = useSay(TEXTS)
  const text = useText()
  const { data, problem, reload } = useNotices(view)
  const failed = (data?.notices ?? []).filter((notice) => notice.statutory && notice.state === 'failed')
  const first = failed[0]?.deliveryId
  useEffect(() => { if (value === undefined && first !== undefined) onChange(first) }, [value, first, onChange])
  if (problem) return <ProblemNote problem={problem} again={reload} />
  if (data === undefined) return <Loading />
  if (failed.length === 0) return <Nothing>{t('noFailed')}</Nothing>
  const options = failed.map((notice) => ({ value: notice.deliveryId, label: `${text(notice.subject)} · ${text(CHANNELS[notice.channel])} ${notice.address}` }))
  return <Field spec={{ name: 'deliveryId', label: TEXTS.which, kind: 'radio', required: true, wide: true, options }} value={value} error={error} onChange={(next) => onChange(String(next))} />
}

/** Read again with every act on the case. */
function useNotices(view: CaseView) {
  const loaded = useLoaded<{ notices: NoticeView[] }>(view.masked ? null : `/api/v1/cases/${encodeURIComponent(view.caseNo)}/notices`)
  const { reload } = loaded
  useEffect(() => { reload() }, [view.revision, reload])
  return loaded
}
