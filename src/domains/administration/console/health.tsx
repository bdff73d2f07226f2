import { Button } from 'antd'
import { useEffect } from 'react'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { State } from '../../../kit/console/light.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { dataInstant, listInstant } from '../../../kit/console/when.ts'
import type { HealthView } from '../contract.ts'

const TEXTS = {
  title: { zh: '运行状况', en: 'Health' }, reload: { zh: '立即刷新', en: 'Refresh' }, ledger: { zh: '公开日志', en: 'Public log' }, origin: { zh: '名称', en: 'Name' }, size: { zh: '已编号', en: 'Numbered' }, pending: { zh: '等待编号', en: 'Waiting for a number' }, published: { zh: '已签名', en: 'Signed' }, checkpoint: { zh: '最近签名', en: 'Last signed' },
  readiness: { zh: '能否提供服务', en: 'Readiness' }, jobs: { zh: '后台任务', en: 'Background work' }, queued: { zh: '排队', en: 'Queued' }, retrying: { zh: '等待重试', en: 'To be retried' }, failed: { zh: '已放弃', en: 'Given up' }, oldest: { zh: '最久等待', en: 'Longest wait' }, seconds: { zh: '{n} 秒', en: '{n} s' },
  task: { zh: '任务', en: 'Task' }, runs: { zh: '次数', en: 'Runs' }, failures: { zh: '失败', en: 'Failures' }, last: { zh: '最近开始', en: 'Last begun' }, took: { zh: '用时', en: 'Took' }, error: { zh: '最近错误', en: 'Last error' }, ms: { zh: '{n} 毫秒', en: '{n} ms' }, subscribers: { zh: '日志订阅者', en: 'Subscribers of the log' }, behind: { zh: '落后条数', en: 'Behind' }, handled: { zh: '最近处理', en: 'Last handled' },
  checks: { zh: '数据库检查', en: 'Checks of the database' }, none: { zh: '没有。', en: 'None.' }, name: { zh: '名称', en: 'Name' }, state: { zh: '状态', en: 'State' }, detail: { zh: '说明', en: 'Detail' }, attempts: { zh: '已试', en: 'Attempts' }, failedJobs: { zh: '出错的任务', en: 'Jobs with errors' }, file: { zh: '后台任务', en: 'background-work' }, code: { zh: '代码', en: 'Code' }, tookMs: { zh: '用时（毫秒）', en: 'Took (ms)' },
} as const
/** What each background task does; one that is not named here is shown by its code. */
const TASKS: Readonly<Record<string, { zh: string; en: string }>> = {
  sweepClocks: { zh: '时限到期检查', en: 'Limits that fall due' }, fireTimers: { zh: '流程定时', en: 'Timers of procedures' }, deliverSms: { zh: '发送短信告知', en: 'Sending notices by SMS' }, deliverMail: { zh: '发送邮件告知', en: 'Sending notices by mail' }, sweepFiles: { zh: '清理未用文件', en: 'Unused files removed' },
  sweepSessions: { zh: '清理过期登录', en: 'Ended sessions removed' }, forgetKeys: { zh: '清理提交凭据', en: 'Old submission keys removed' }, reload: { zh: '重读配置', en: 'Settings read anew' }, indexItems: { zh: '事项检索更新', en: 'Search over guides brought up to date' }, catalogue: { zh: '事项变更', en: 'Changes of the catalogue' },
}
const READINESS: Readonly<Record<string, { zh: string; en: string }>> = { database: { zh: '数据库', en: 'Database' }, log: { zh: '公开日志签名', en: 'Signing of the log' }, jobs: { zh: '后台任务', en: 'Background work' }, subscribers: { zh: '日志订阅者', en: 'Subscribers' } }
const EVERY_MS = 15_000

/** How the house fares: the log, background work, and what must be true of the database. Refreshes by itself. */
export default function Health() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { data, problem, loading, reload } = useLoaded<HealthView>('/api/v1/administration/health')
  useLive(['log'], reload)
  useEffect(() => {
    const timer = setInterval(reload, EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])
  const named = (code: string) => (TASKS[code] ? <>{text(TASKS[code])} <code className="mt-quiet">{code}</code></> : <code>{code}</code>)
  type Task = HealthView['jobs']['tasks'][number]
  const exported = {
    name: t('file'), head: [t('task'), t('code'), t('runs'), t('failures'), t('last'), t('tookMs'), t('error')], pages: 1, read: async () => data?.jobs.tasks ?? [],
    cells: (task: Task) => [text(TASKS[task.task]), task.task, task.runs, task.failures, dataInstant(task.startedAt), task.tookMs === null ? '' : Math.round(task.tookMs), task.lastError],
  }
  return (
    <Screen title={t('title')} actions={<><ExportButton of={exported} disabled={data === undefined} /><Button loading={loading} onClick={reload}>{t('reload')}</Button></>}>
      <ProblemNote problem={problem} again={reload} kept=" " />
      {data === undefined ? (problem ? null : <Loading />) : (
        <>
          <section className="mt-section"><h2>{t('readiness')}</h2><dl className="mt-figures">{data.readiness.map((one) => <div key={one.name}><dt>{text(READINESS[one.name])}</dt><dd><State ok={one.ok} />{one.ok ? null : <p className="mt-hint">{one.detail}</p>}</dd></div>)}</dl></section>
          <section className="mt-section"><h2>{t('ledger')} <small>{data.ledger.origin}</small></h2><dl className="mt-figures"><div><dt>{t('size')}</dt><dd>{data.ledger.size}</dd></div><div><dt>{t('published')}</dt><dd>{data.ledger.published}</dd></div><div><dt>{t('pending')}</dt><dd>{data.ledger.pending}</dd></div><div><dt>{t('checkpoint')}</dt><dd>{listInstant(data.ledger.checkpointAt, language)}</dd></div></dl></section>
          <section className="mt-section">
            <h2>{t('jobs')}</h2>
            <dl className="mt-figures"><div><dt>{t('queued')}</dt><dd>{data.jobs.queued}</dd></div><div><dt>{t('retrying')}</dt><dd>{data.jobs.retrying}</dd></div><div><dt>{t('failed')}</dt><dd>{data.jobs.failed}</dd></div><div><dt>{t('oldest')}</dt><dd>{data.jobs.oldestSeconds === null ? '—' : t('seconds', { n: Math.round(data.jobs.oldestSeconds) })}</dd></div></dl>
            <div className="mt-scroll" tabIndex={0} role="region" aria-label={t('jobs')}><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('task')}</th><th scope="col" className="mt-number">{t('runs')}</th><th scope="col" className="mt-number">{t('failures')}</th><th scope="col">{t('last')}</th><th scope="col" className="mt-number">{t('took')}</th><th scope="col">{t('error')}</th></tr></thead><tbody>
              {data.jobs.tasks.map((task) => <tr key={task.task}><td data-label={t('task')}><span>{named(task.task)}</span></td><td data-label={t('runs')} className="mt-number">{task.runs}</td><td data-label={t('failures')} className="mt-number">{task.failures}</td><td data-label={t('last')} className="mt-no">{listInstant(task.startedAt, language)}</td><td data-label={t('took')} className="mt-number">{task.tookMs === null ? '—' : t('ms', { n: Math.round(task.tookMs) })}</td><td data-label={t('error')}>{task.lastError ?? '—'}</td></tr>)}
            </tbody></table></div>
            {data.jobs.failures.length > 0 ? <><h3>{t('failedJobs')}</h3><ul className="mt-found-list">{data.jobs.failures.map((one, i) => <li key={i}>{named(one.task)} · {listInstant(one.at, language)} · {t('attempts')} {one.attempts} · {one.error}</li>)}</ul></> : null}
          </section>
          <section className="mt-section">
            <h2>{t('subscribers')}</h2>
            {data.jobs.subscribers.length === 0 ? <Nothing>{t('none')}</Nothing> : <div className="mt-scroll" tabIndex={0} role="region" aria-label={t('subscribers')}><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('name')}</th><th scope="col" className="mt-number">{t('behind')}</th><th scope="col">{t('handled')}</th><th scope="col">{t('error')}</th></tr></thead><tbody>{data.jobs.subscribers.map((one) => <tr key={one.name}><td data-label={t('name')}><span>{named(one.name)}</span></td><td data-label={t('behind')} className="mt-number">{one.behind}</td><td data-label={t('handled')} className="mt-no">{listInstant(one.handledAt, language)}</td><td data-label={t('error')}>{one.lastError ?? '—'}</td></tr>)}</tbody></table></div>}
          </section>
          <section className="mt-section"><h2>{t('checks')}</h2><div className="mt-scroll" tabIndex={0} role="region" aria-label={t('checks')}><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('state')}</th><th scope="col">{t('detail')}</th></tr></thead><tbody>{data.checks.map((check) => <tr key={check.name}><td data-label={t('name')}><code>{check.name}</code></td><td data-label={t('state')}><State ok={check.ok} /></td><td data-label={t('detail')}>{text(check.text)}</td></tr>)}</tbody></table></div></section>
        </>
      )}
    </Screen>
  )
}
