import { useState } from 'react'
import { useLanguage, useListed, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { Field } from '../../../kit/console/fields.tsx'
import { amountOf } from '../../../kit/console/when.ts'
import { longDay } from '../../../kit/portal/words.ts'
import type { ClockRuleView } from '../contract.ts'

const TEXTS = {
  title: { zh: '时限规则', en: 'Clock rules' }, lead: { zh: '每个数字都有条文。规则随版本发布，修改以新版本进行；在办件仍按开始时的版本。', en: 'Every number stands beside its article. Rules ship in versions; running limits keep the one they began with.' }, find: { zh: '按名称、代码或者条文筛选', en: 'By name, code or article' },
  code: { zh: '代码', en: 'Code' }, name: { zh: '名称', en: 'Name' }, amount: { zh: '时限', en: 'Limit' }, article: { zh: '条文', en: 'Article' }, trigger: { zh: '起算', en: 'Runs from' }, pauses: { zh: '可以中止', en: 'May stop for' }, extension: { zh: '可以延长', en: 'May be extended' }, expiry: { zh: '届满', en: 'At its end' }, running: { zh: '正在计时', en: 'Running' }, validity: { zh: '有效期', en: 'In force' },
  byItem: { zh: '由事项规定', en: 'given by the item' }, none: { zh: '没有符合的规则。', en: 'No rule fits.' }, no: { zh: '否', en: 'no' }, extends: { zh: '{n}，至多 {times} 次，{approver}', en: '{n}, at most {times} times, {approver}' }, extendsOnce: { zh: '{n}，一次，{approver}', en: '{n}, once, {approver}' }, suspended: { zh: '（中止 {n}）', en: ' ({n} suspended)' }, from: { zh: '自 {from}', en: 'from {from}' },
  overdue: { zh: '超期，须公开说明理由', en: 'overdue; the reason is stated publicly' }, lapse: { zh: '权利消灭', en: 'lapses' }, deemedAccepted: { zh: '视为受理', en: 'deemed accepted' }, deemedRenewed: { zh: '视为准予延续', en: 'deemed renewed' }, deemedAgreed: { zh: '视为同意', en: 'deemed agreed' }, deemedConsent: { zh: '视为同意公开', en: 'deemed consent' }, deemedAbandoned: { zh: '视为放弃', en: 'deemed abandoned' },
} as const
const PAUSES: Readonly<Record<string, { zh: string; en: string }>> = {
  hearing: { zh: '听证', en: 'hearing' }, tender: { zh: '招标', en: 'tender' }, auction: { zh: '拍卖', en: 'auction' }, inspection: { zh: '检验', en: 'inspection' }, testing: { zh: '检测', en: 'testing' }, quarantine: { zh: '检疫', en: 'quarantine' }, technicalIdentification: { zh: '鉴定', en: 'technical identification' },
  expertReview: { zh: '专家评审', en: 'expert review' }, judicialConclusion: { zh: '司法结论', en: 'judicial conclusion' }, supplement: { zh: '补正', en: 'supplement' }, thirdPartyOpinion: { zh: '第三方意见', en: 'third-party opinion' }, payment: { zh: '缴费', en: 'payment' },
}
const TRIGGERS: Readonly<Record<string, { zh: string; en: string }>> = {
  received: { zh: '收到材料', en: 'materials received' }, accepted: { zh: '受理', en: 'acceptance' }, decided: { zh: '作出决定', en: 'the decision' }, submitted: { zh: '提交', en: 'submission' }, granted: { zh: '准予', en: 'the grant' }, hearing: { zh: '举行听证', en: 'the hearing' }, hearingRequested: { zh: '申请听证', en: 'the request for a hearing' }, hearingRightTold: { zh: '告知听证权利', en: 'being told of the right to a hearing' },
  licenceExpiry: { zh: '许可有效期届满', en: 'the licence’s expiry' }, preReviewAsked: { zh: '申请预审', en: 'the request for pre-review' }, rectificationOrdered: { zh: '责令整改', en: 'the order to rectify' }, rectificationOrderServed: { zh: '送达责令整改通知', en: 'service of the order to rectify' }, annulmentNoticeServed: { zh: '送达撤销告知', en: 'service of the notice of annulment' },
}

const APPROVERS: Readonly<Record<string, { zh: string; en: string }>> = { head: { zh: '本机关负责人批准', en: 'approved by the organ’s head' }, governmentHead: { zh: '本级人民政府负责人批准', en: 'approved by the head of government' } }

/** The limits as data: number, article, what stops and lengthens them, and how many run now. */
export default function ClockRules() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const listed = useListed()
  const loaded = useLoaded<{ rules: ClockRuleView[] }>('/api/v1/administration/clock-rules')
  const [q, setQ] = useState('')
  const wanted = q.trim().toLowerCase()
  const rules = (loaded.data?.rules ?? []).filter((rule) => wanted === '' || `${rule.code} ${rule.name.zh} ${rule.name.en} ${rule.article}`.toLowerCase().includes(wanted))
  const expiry = (kind: string) => (Object.hasOwn(TEXTS, kind) ? t(kind as 'overdue') : kind)
  return (
    <Screen title={t('title')} lead={t('lead')}>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      <div className="mt-row"><Field spec={{ name: 'q', label: TEXTS.find, kind: 'text' }} value={q} onChange={(value) => setQ((value as string | undefined) ?? '')} /></div>
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : rules.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll" tabIndex={0} role="region" aria-label={t('title')}>
          <table className="mt-table mt-stack mt-rules-table">
            <thead><tr>{(['name', 'amount', 'article', 'trigger', 'pauses', 'extension', 'expiry', 'running'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
            <tbody>
              {rules.map((rule) => (
                <tr key={`${rule.code} ${rule.version}`}>
                  <td data-label={t('name')}><span><strong>{text(rule.name)}</strong><br /><code>{rule.code}</code> <span className="mt-quiet">v{rule.version} {t('from', { from: longDay(rule.validFrom, language) })}</span></span></td>
                  <td data-label={t('amount')} className="mt-no">{rule.amount === null ? t('byItem') : amountOf(rule.amount, rule.unit, language)}</td>
                  <td data-label={t('article')} lang="zh-CN">{rule.article}</td>
                  <td data-label={t('trigger')}>{text(TRIGGERS[rule.trigger]) || rule.trigger}</td>
                  <td data-label={t('pauses')}>{rule.pauses.length === 0 ? t('no') : listed(rule.pauses.map((one) => text(PAUSES[one]) || one))}</td>
                  <td data-label={t('extension')}>{rule.extension ? t(rule.extension.times === 1 ? 'extendsOnce' : 'extends', { n: amountOf(rule.extension.amount, rule.unit, language), times: rule.extension.times, approver: text(APPROVERS[rule.extension.approver]) || rule.extension.approver }) : t('no')}</td>
                  <td data-label={t('expiry')}>{expiry(rule.expiry)}</td>
                  <td data-label={t('running')} className="mt-number">{rule.running}{rule.suspended > 0 ? t('suspended', { n: rule.suspended }) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Screen>
  )
}
