import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { amountOf, when } from '../../../kit/console/when.ts'
import type { ProcedureSummary } from '../procedure-contract.ts'

const TEXTS = {
  title: { zh: '办理流程', en: 'Procedures' }, lead: { zh: '流程图就是实际运行的程序。新版本用命令 mingtang procedure publish 发布；在办案件仍按开始时的版本。', en: 'What is drawn is what runs. A new version is published by the command “mingtang procedure publish”; running cases keep the one they began with.' },
  name: { zh: '流程', en: 'Procedure' }, version: { zh: '版本', en: 'Version' }, published: { zh: '发布于', en: 'Published' }, days: { zh: '最长路径', en: 'Longest way' }, check: { zh: '检验', en: 'Check' }, sound: { zh: '健全', en: 'sound' }, warned: { zh: '健全，{n} 处提示', en: 'sound, {n} warnings' }, items: { zh: '适用事项', en: 'Items' }, none: { zh: '还没有发布流程。', en: 'No procedure is published yet.' }, unused: { zh: '尚无事项使用', en: 'no item yet' },
} as const

/** Every procedure in its newest version, what was proved of it and which items begin with it. */
export default function Procedures() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { data, problem, reload } = useLoaded<{ procedures: ProcedureSummary[] }>('/api/v1/procedures')
  return (
    <Screen title={t('title')} lead={t('lead')}>
      <ProblemNote problem={problem} again={reload} />
      {data === undefined ? (problem ? null : <Loading />) : data.procedures.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll" tabIndex={0} role="region" aria-label={t('title')}>
          <table className="mt-table mt-stack">
            <thead><tr>{(['name', 'version', 'published', 'days', 'check', 'items'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
            <tbody>
              {data.procedures.map((one) => (
                <tr key={one.id}>
                  <td data-label={t('name')}><span><Link to={`/procedures/${encodeURIComponent(one.id)}`}>{text(one.name) || one.id}</Link><br /><code>{one.id}</code></span></td>
                  <td data-label={t('version')} className="mt-number">{one.version}</td>
                  <td data-label={t('published')} className="mt-no">{when(one.publishedAt, language)}</td>
                  <td data-label={t('days')} className="mt-no">{amountOf(one.workingDays, 'workingDay', language)}</td>
                  <td data-label={t('check')} className="mt-no">{one.warnings === 0 ? t('sound') : t('warned', { n: one.warnings })}</td>
                  <td data-label={t('items')}>{one.items.length === 0 ? <span className="mt-quiet">{t('unused')}</span> : one.items.map((item) => text(item.name)).join(language === 'zh' ? '、' : ', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Screen>
  )
}
