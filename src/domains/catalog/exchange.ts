import { BODY_NATURES, CASE_TYPES, EXERCISE_LEVELS, HANDLING_MODES, ITEM_TYPES, MATERIAL_FORMS, MATERIAL_NECESSITIES, MATERIAL_SOURCES, MATERIAL_TYPES, POWER_SOURCES, RESULT_TYPES, SERVICE_TARGETS, type Item, type Limit } from './contract.ts'

const UNIT_NAMES = { workingDay: '工作日', naturalDay: '自然日', hour: '小时', month: '月' } as const satisfies Record<Limit['unit'], string>
const yesNo = (value: boolean): '1' | '0' => (value ? '1' : '0')

/** A guide in the names and codes of GB/T 39046-2020 table 4 and the exchange tables of GB/T 39554.2, in Chinese as they are. */
export function exchangeItem(item: Item): Readonly<Record<string, unknown>> {
  const instant = item.caseType === 'instant'
  const online = item.handlingModes.includes('2') || item.handlingModes.includes('3')
  return {
    事项名称: item.name.zh, 基本编码: item.catalogueCode, 实施编码: item.implementationCode, 业务办理项编码: item.handlingItemCode, 地方编码: item.localCode,
    事项类型: ITEM_TYPES.entries[item.itemType].zh, 事项类型代码: item.itemType, 事项版本: item.version, 事项状态: item.state === 'published' ? '在用' : '取消',
    计划生效日期: item.effectiveFrom, 计划取消日期: item.effectiveTo, 设定依据: item.legalBasis.map((basis) => [basis.law, basis.article].filter(Boolean).join(' ')),
    权力来源: POWER_SOURCES.entries[item.powerSource].zh, 行使层级: EXERCISE_LEVELS.entries[item.exerciseLevel].zh, 行使层级代码: item.exerciseLevel,
    实施主体: item.implementingBody.name.zh, 实施主体统一社会信用代码: item.implementingBody.code, 实施主体性质: BODY_NATURES.entries[item.implementingBody.nature].zh,
    权限划分: item.powerDivision?.zh ?? null, 行使内容: item.powerContent?.zh ?? null,
    承办机构: (item.handlingBody ?? item.implementingBody).name.zh, 承办机构统一社会信用代码: (item.handlingBody ?? item.implementingBody).code,
    受理机构: item.acceptingBody ? '街道办事处' : null, 委托部门: item.delegatingBody?.name.zh ?? null, 联办机构: item.coDepartments.map((one) => ({ 名称: one.name.zh, 统一社会信用代码: one.code })),
    服务对象: item.serviceTargets.map((one) => SERVICE_TARGETS.entries[one].zh), 办件类型: CASE_TYPES.entries[instant ? '1' : '2'].zh, 办件类型代码: instant ? '1' : '2',
    ...limitFields('法定办结时限', item.statutoryLimit), ...limitFields('承诺办结时限', item.promisedLimit),
    受理条件: item.acceptanceConditions.map((one) => one.zh), 办理流程: item.procedureId,
    特别程序: item.specialProcedures.map((one) => ({ 种类代码: one.kind, 名称: one.name.zh, 依据: one.article })), 数量限制: item.quantityLimit?.zh ?? null, 中介服务: item.intermediary?.name.zh ?? null,
    结果名称: item.result?.name.zh ?? null, 结果类型: item.result ? RESULT_TYPES.entries[item.result.type].zh : null, 结果样本: item.result?.sample ?? null,
    是否收费: yesNo(item.fees.length > 0), 收费项目: item.fees.map((fee) => ({ 项目名称: fee.name.zh, 标准: fee.standard.zh, 依据: fee.basis, 是否允许减免: yesNo(fee.reductions.length > 0), 减免依据: fee.reductions.map((one) => one.article) })),
    办理形式: item.handlingModes.map((one) => HANDLING_MODES.entries[one].zh), 到办事现场次数: item.requiredVisits, 必须现场办理原因说明: item.requiredVisitsReason?.zh ?? null,
    办理地点: item.places.map((place) => `${place.address.zh} ${place.site.zh} ${place.counter.zh}`), 办理时间: [...new Set(item.places.map((place) => place.hours.zh))],
    咨询方式: contact(item.consultation), 监督投诉方式: contact(item.complaint), 行政复议: item.remedy.reconsideration.zh, 行政诉讼: item.remedy.litigation.zh,
    通办范围: item.crossRegion, 是否进驻政务大厅: yesNo(item.places.length > 0), 是否支持物流快递: yesNo(item.deliveryByMail),
    是否网办: yesNo(online), 网上办理深度: item.onlineDepth, 网办地址: online && item.applicable ? `/items/${item.code}` : null, 是否支持预约办理: yesNo(item.appointment), 是否支持自助终端办理: yesNo(item.selfServiceTerminal),
    运行系统层级: EXERCISE_LEVELS.entries[item.exerciseLevel].zh, 审批服务形式: [instant && '马上办', online && '网上办', item.requiredVisits <= 1 && '一次办'].filter(Boolean),
    是否支持网上支付: yesNo(item.onlinePayment),
    主题分类: item.topics.map((one) => one.zh), 日常用语: item.everydayNames.map((one) => one.zh), 是否告知承诺制: yesNo(item.commitment !== null),
    申请材料: item.materials.map((one, i) => ({
      名称: one.name.zh, 材料类型: MATERIAL_TYPES.entries[one.type].zh, 材料形式: MATERIAL_FORMS.entries[one.form].zh, 材料必要性: MATERIAL_NECESSITIES.entries[one.necessity].zh,
      原件份数: one.originals, 复印件份数: one.copies, 纸质规格: one.paperSize, 来源渠道: MATERIAL_SOURCES.entries[one.source].zh, 出具机构: one.issuer?.zh ?? null, 来源渠道说明: one.sharedFrom ? `共享取得：${one.sharedFrom.zh}` : null,
      出具时间要求: one.issuedWithin?.zh ?? null, 使用说明: one.usage?.zh ?? null, 填报须知: one.instructions?.zh ?? null, 备注: one.remarks?.zh ?? null,
      空白表格: one.blankForm, 示例样表: one.sample, 受理标准: one.requirements.zh, 要求依据: one.basis, 排序: i + 1,
    })),
    常见问题: item.faqs.map((one) => ({ 问题: one.question.zh, 答案: one.answer.zh })),
  }
}

const contact = ({ phone, counter, url }: Item['consultation']) => ({ 电话: phone, 窗口: counter?.zh ?? null, 网址: url })
const limitFields = (name: string, limit: Limit | null) => ({ [name]: limit?.amount ?? null, [`${name}单位`]: limit ? UNIT_NAMES[limit.unit] : null, [`${name}说明`]: limit?.note?.zh ?? null })
