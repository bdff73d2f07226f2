import type { Json } from '../../../base/canonical-json.ts'
import { startOfDay, type CivilDay } from '../../../base/civil-day.ts'
import { fen, yuan } from '../../../base/money.ts'
import { CROSS_REGIONS, HANDLING_MODES, ITEM_TYPES, MATERIAL_FORMS, MATERIAL_NECESSITIES, MATERIAL_TYPES, ONLINE_DEPTHS, SERVICE_TARGETS, type Item } from '../contract.ts'
import { limitWords } from './limit-words.ts'
import type { TemplatePress } from './template-press.ts'

/** 办事指南 on paper: the nine elements to be disclosed with every item, deferred materials, complaint and remedy (北京市优化营商环境条例 第三十一条). */
export function printGuide(press: TemplatePress, item: Item): Promise<Buffer> {
  return press.printTemplate('src/domains/catalog/papers/guide.typ', guideData(item), { createdAt: startOfDay(item.effectiveFrom as CivilDay), link: `/items/${item.code}` })
}

export const guideData = (item: Item): Json => ({
  organ: item.implementingBody.name.zh, title: item.name.zh, titleEn: item.name.en, footer: `第${item.version}版　自${item.effectiveFrom}起施行`,
  proof: [`事项编码 ${item.code}`, '扫码查看最新办事指南、流程图并在线申请；与网上公布的不一致的，以网上公布的为准。'],
  figures: [
    ['法定期限', item.statutoryLimit ? limitWords(item.statutoryLimit) : '未作规定'], ['承诺期限', item.promisedLimit ? limitWords(item.promisedLimit) : '—'],
    ['收费', item.fees.length === 0 ? '不收费' : '收费'], ['到现场次数', `${item.requiredVisits}次`],
  ],
  sections: sectionsOf(item).map(([title, blocks], i) => ({ title: `${ORDINALS[i]}、${title}`, blocks })),
})

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四'] as const
type Section = readonly [title: string, blocks: readonly Json[]]
const text = (...lines: readonly (string | null | undefined | false)[]): Json => ({ is: 'text', text: lines.filter((line) => typeof line === 'string' && line !== '').join('\n') })
const list = (items: readonly string[]): Json => ({ is: 'list', items })
const column = (title: string, width: string, align = 'left'): Json => ({ title, width, align })

function sectionsOf(item: Item): readonly Section[] {
  return [
    ['办理主体和服务对象', [text(`办理主体：${item.implementingBody.name.zh}`, item.acceptingBody && `受理机构：申请人所选街道的街道办事处（${item.acceptingBody.by === 'ownDuty' ? '法定职责' : '受实施主体委托'}，${item.acceptingBody.article}）`, item.coDepartments.length > 0 && `协同部门：${item.coDepartments.map((one) => one.name.zh).join('、')}`, `服务对象：${item.serviceTargets.map((code) => SERVICE_TARGETS.entries[code].zh).join('、')}`, `事项类型：${ITEM_TYPES.entries[item.itemType].zh}　通办范围：${CROSS_REGIONS.entries[item.crossRegion].zh}`)]],
    ['办理依据', [list(item.legalBasis.map((basis) => `《${basis.law.replace(/^《|》$/g, '')}》${basis.article ?? ''}`))]],
    ['受理条件', [list(item.acceptanceConditions.map((condition) => condition.zh)), ...(item.quantityLimit ? [text(`数量限制：${item.quantityLimit.zh}`)] : [])]],
    ['申请材料', [materialsTable(item), text('标注“共享获取”的材料由本机关向核发部门调取，申请人不需要提交。', deferredWords(item), commitmentWords(item), safetyWords(item))]],
    ['办理程序', [text('申请（提交材料）→ 受理（材料不齐的一次告知补正）→ 审查 → 决定 → 送达。', `办理形式：${item.handlingModes.map((code) => HANDLING_MODES.entries[code].zh).join('、')}　网办深度：${ONLINE_DEPTHS.entries[item.onlineDepth].zh}`, item.verticalSystem && `由${item.verticalSystem.authority.zh}的${item.verticalSystem.name.zh}${item.verticalSystem.leadership === 'vertical' ? '办理并作出决定' : '登记'}：在此提交，一次录入，办理期限照常计算。`, item.inPersonOnly && `须由申请人本人到场：${item.inPersonOnly.reason.zh}（${item.inPersonOnly.article}）`, item.requiredVisitsReason && `到现场的原因：${item.requiredVisitsReason.zh}`)]],
    ['办理时限', [text(
      item.statutoryLimit && `法定期限：${limitWords(item.statutoryLimit)}（${item.statutoryLimit.article}）`, item.promisedLimit && `承诺期限：${limitWords(item.promisedLimit)}（${item.promisedLimit.article}）`,
      item.deliveryLimit && `决定后颁发、送达：${limitWords(item.deliveryLimit)}（${item.deliveryLimit.article}）`, ...item.specialProcedures.map((special) => `${special.name.zh}（${special.article}）：${special.notice.zh}`),
    )]],
    ['办理结果', [text(item.result ? `${item.result.name.zh}${item.result.validity ? `，${item.result.validity.zh}` : ''}` : '无证照或者批文。', item.deliveryByMail && '可以免费邮寄送达。')]],
    ['收费依据和标准', [item.fees.length === 0 ? text('不收费。') : feesTable(item)]],
    ['办理地点和时间', [list(item.places.map((place) => `${place.site.zh}　${place.counter.zh}\n${place.address.zh}　${place.hours.zh}`.replace('\n', '，'))), text(`咨询电话：${item.consultation.phone}`)]],
    ['监督和投诉', [text(`投诉电话：${item.complaint.phone}${item.complaint.counter ? `　${item.complaint.counter.zh}` : ''}`)]],
    ['法律救济', [text(item.remedy.reconsideration.zh, item.remedy.litigation.zh)]],
    ...(item.faqs.length > 0 ? [['常见问题', [text(...item.faqs.flatMap((faq) => [`问：${faq.question.zh}`, `答：${faq.answer.zh}`]))]] as const] : []),
  ]
}

function materialsTable(item: Item): Json {
  const rows = item.materials.map((material, i) => [
    String(i + 1), `${material.name.zh}${material.neededWhenText ? `（${material.neededWhenText.zh}）` : ''}`, MATERIAL_NECESSITIES.entries[material.necessity].zh,
    copiesOf(material), material.demanded ? MATERIAL_FORMS.entries[material.form].zh : '共享获取', material.requirements.zh,
  ])
  return { is: 'table', columns: [column('序号', 'auto', 'center'), column('材料名称', '3.4'), column('必要性', '1.5', 'center'), column('原件或复印件', '2.2', 'center'), column('形式', '1.8', 'center'), column('要求', '4')], rows, size: 9 }
}
/** `原件1份、复印件2份`; without numbers only which of them. */
function copiesOf({ type, originals, copies }: Item['materials'][number]): string {
  const counted = [originals > 0 ? `原件${originals}份` : '', copies > 0 ? `复印件${copies}份` : ''].filter((one) => one !== '')
  return counted.length > 0 ? counted.join('、') : MATERIAL_TYPES.entries[type].zh
}

const deferredWords = (item: Item): string | null => {
  const deferred = item.deferredAcceptance
  if (!deferred) return item.deferredAcceptanceNone && `容缺受理：${item.deferredAcceptanceNone.zh}`
  const names = deferred.materials.map((id) => item.materials.find((material) => material.id === id)?.name.zh ?? id)
  return `容缺受理：${names.join('、')}可以在受理后${deferred.workingDays}个工作日内补交。${deferred.outcome.zh}`
}
const commitmentWords = (item: Item): string | null => item.commitment && `告知承诺：可以选择以书面承诺方式办理（${item.commitment.article}），承诺期限${limitWords(item.commitment.promisedLimit)}。${item.commitment.consequences.zh}决定后${item.commitment.afterCheckWorkingDays}个工作日内核查，不符的责令${item.commitment.rectificationWorkingDays}个工作日内整改。`
const safetyWords = (item: Item): string | null => item.publicSafety && item.itemType === '01' ? '本许可直接关系公共安全、人身健康、生命财产安全：隐瞒情况或者提供虚假材料申请的，一年内不得再次申请；以欺骗、贿赂等不正当手段取得的，三年内不得再次申请（行政许可法 第七十八条、第七十九条）。' : null

const feesTable = (item: Item): Json => ({
  is: 'table', size: 9, columns: [column('项目', '3'), column('标准', '4'), column('依据', '4'), column('减免', '4')],
  rows: item.fees.map((fee) => [fee.name.zh, `${fee.standard.zh}${fee.amountFen === null ? '' : `（${yuan(fen(fee.amountFen))}元）`}`, fee.basis, fee.reductions.map((one) => `${one.reason.zh}：${yuan(fen(one.amountFen))}元（${one.article}）`).join('；') || '—']),
})
