import { Button } from 'antd'
import { useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { pageOf, Pager } from '../../../kit/console/pager.tsx'
import { Link, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { when } from '../../../kit/console/when.ts'
import type { MessageList } from '../message-contract.ts'

const TEXTS = {
  title: { zh: '消息', en: 'Messages' }, lead: { zh: '未读 {unread} 条，共 {total} 条。', en: '{unread} unread, {total} in all.' }, none: { zh: '没有消息。期限将到、亮灯和申诉的决定会出现在这里。', en: 'No messages. Limits about to end, lights and decisions on appeals appear here.' },
  allRead: { zh: '全部标为已读', en: 'Mark all as read' }, read: { zh: '标为已读', en: 'Mark as read' }, readOf: { zh: '标为已读：{subject}', en: 'Mark as read: {subject}' }, at: { zh: '时间', en: 'Told' }, message: { zh: '消息', en: 'Message' }, caseNo: { zh: '办件编号', en: 'Case' }, state: { zh: '状态', en: 'State' }, done: { zh: '已读', en: 'Read' },
} as const
const SIZE = 50

/** What an officer was told, the newest first. */
export default function Messages() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const page = pageOf(useLocation().query)
  const list = useLoaded<MessageList>(`/api/v1/messages?page=${page}`)
  const [problem, setProblem] = useState<Problem>()
  useLive(['tasks'], list.reload)
  const mark = async (id?: string): Promise<void> => {
    setProblem(undefined)
    try {
      await call('POST', '/api/v1/messages/read', { body: id === undefined ? {} : { id }, key: randomId() })
    } catch (error) {
      setProblem(asProblem(error))
    }
    list.reload()
  }
  const { total = 0, unread = 0, messages = [] } = list.data ?? {}
  return (
    <Screen title={t('title')} lead={list.data ? t('lead', { unread, total }) : null} actions={<Button disabled={unread === 0} onClick={() => void mark()}>{t('allRead')}</Button>}>
      <ProblemNote problem={problem ?? list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : messages.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead><tr><th scope="col">{t('at')}</th><th scope="col">{t('message')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('state')}</th></tr></thead>
            <tbody>
              {messages.map((one) => (
                <tr key={one.id}>
                  <td data-label={t('at')} className="mt-no">{when(one.at, language)}</td>
                  <td data-label={t('message')}><div>{one.readAt === null ? <strong>{text(one.subject)}</strong> : text(one.subject)}<p className="mt-quiet">{text(one.body)}</p></div></td>
                  <td data-label={t('caseNo')} className="mt-no">{one.caseNo ? <Link to={`/cases/${one.caseNo}`}>{one.caseNo}</Link> : null}</td>
                  <td data-label={t('state')} className="mt-no">{one.readAt === null ? <Button size="small" aria-label={t('readOf', { subject: text(one.subject) })} onClick={() => void mark(one.id)}>{t('read')}</Button> : <span className="mt-quiet">{t('done')}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} size={SIZE} total={total} />
    </Screen>
  )
}
