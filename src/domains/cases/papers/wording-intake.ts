import { chineseDay, chineseLimit, chineseMinute } from './chinese-text.ts'
import { column, list, numbered, text, texts, type Block, type Wording } from './document.ts'
import type { FactsOf, Head } from './facts.ts'

const FORMS = { electronic: '电子', original: '原件', copy: '复印件', shared: '部门共享' } as const
/** What a paper calls the person it speaks to. */
export const you = (head: Pick<Head, 'applicant'>): string => (head.applicant?.kind === 'organisation' ? '你单位' : '你')
export const isLicence = (head: Pick<Head, 'itemType'>): boolean => head.itemType === '01'
export const remedyTexts = (remedy: { readonly reconsideration: { readonly zh: string }; readonly litigation: { readonly zh: string }; readonly article: string }): Block[] =>
  texts(`${remedy.reconsideration.zh}${remedy.litigation.zh}（${remedy.article}）`)

/** Until when the law bars the same application; nothing where it does not. */
export const barText = (head: Pick<Head, 'applicant'>, bar: FactsOf<'denial'>['bar']): string | null =>
  bar ? `该事项直接关系公共安全、人身健康、生命财产安全，${you(head)}在${chineseDay(bar.untilOn)}（含当日）以前不得再次申请该行政许可（${bar.article}）。` : null

const deferredText = (deferred: FactsOf<'acceptanceNotice'>['deferred']): string | null =>
  deferred && `下列材料容缺后补，应当在${chineseDay(deferred.dueOn)}前补交：${(deferred.materialNames?.map((name) => name.zh) ?? deferred.materials).join('、')}。${deferred.outcome.zh}`

export function materialsReceipt(head: Head, facts: FactsOf<'materialsReceipt'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? '受理专用章',
    blocks: [
      text(`${you(head)}提交的“${head.item.zh}”申请材料，本机关于${chineseMinute(new Date(facts.receivedAt))}收到（${facts.post.zh}），清单如下：`),
      numbered([column('材料名称', '6'), column('形式', '2', 'center'), column('份数', '1.2', 'center'), column('原件核验', '2', 'center')],
        facts.materials.map((one) => [one.name.zh, FORMS[one.form], String(one.copies), one.originalSeen ? '已核验' : '—'])),
      ...texts(
        deferredText(facts.deferred),
        '本凭证只证明收到上列材料，不表示申请已经受理。',
        facts.trackCode ? `查询码：${facts.trackCode}。凭办件编号和查询码，不用登录即可查询办理进度。` : null,
        isLicence(head) && '申请材料不齐全或者不符合法定形式的，本机关当场或者在五个工作日内一次告知需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理（行政许可法第三十二条第一款第四项、第八十二条）。',
      ),
    ],
  }
}

export function notRequiredNotice(head: Head, facts: FactsOf<'notRequiredNotice'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? '受理专用章',
    blocks: [...texts(`${you(head)}提出的“${head.item.zh}”申请，经审查，所申请的事项依法不需要办理，本机关不予受理。理由如下：`, facts.reasons), ...remedyTexts(facts.remedy)],
  }
}

export function refusalOfAcceptance(head: Head, facts: FactsOf<'refusalOfAcceptance'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? '受理专用章',
    blocks: [
      ...texts(
        `${you(head)}提出的“${head.item.zh}”申请，经审查，本机关决定不予受理。理由如下：`, facts.reasons,
        facts.specialLaw && `所适用的特别规定：${facts.specialLaw}。`, facts.competentBody && `请向有管辖权的机关申请：${facts.competentBody}。`, barText(head, facts.bar),
      ),
      ...remedyTexts(facts.remedy),
    ],
  }
}

export function supplementNotice(head: Head, facts: FactsOf<'supplementNotice'>): Wording {
  const subject = (defect: (typeof facts.defects)[number]): string =>
    defect.name?.zh ?? (defect.materialId !== null ? `材料 ${defect.materialId}` : defect.field !== null ? `申请表栏目 ${defect.field}` : '申请事项')
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? '受理专用章',
    blocks: [
      text(`${you(head)}提出的“${head.item.zh}”申请，材料不齐全或者不符合法定形式。现将需要补正的全部内容一次告知如下：`),
      numbered([column('材料或者栏目', '3'), column('需要补正的内容', '6')], facts.defects.map((defect) => [subject(defect), defect.what])),
      ...texts(facts.remarks, `请通过原申请渠道或者政务服务窗口补正。按照本告知书提交全部补正材料的，本机关依法受理；首次提交的材料中能够发现的问题，不再另行要求补正。`, facts.post && `联系岗位：${facts.post.zh}。`),
    ],
  }
}

export function acceptanceNotice(head: Head, facts: FactsOf<'acceptanceNotice'>): Wording {
  const limits = [
    ...(facts.statutory ? [`法定办理期限：${chineseLimit(facts.statutory)}（${facts.statutory.article}）；`] : []),
    ...(facts.promised ? [`承诺办理期限：${chineseLimit(facts.promised)}（${facts.promised.article}）。`] : []),
  ]
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? '受理专用章',
    blocks: [
      text(facts.deemed
        ? `${you(head)}提出的“${head.item.zh}”申请，本机关未在法定期限内告知补正或者不予受理，依法自${chineseDay(facts.acceptedOn)}收到申请材料之日起即为受理。`
        : `${you(head)}提出的“${head.item.zh}”申请，属于本机关职权范围，${facts.deferred ? '主要申请材料齐全、符合法定形式，按容缺受理办理' : '申请材料齐全、符合法定形式'}，本机关自${chineseDay(facts.acceptedOn)}起予以受理。`),
      ...(limits.length > 0 ? [list(limits)] : []),
      ...texts(deferredText(facts.deferred), '办理期限依法需要中止计算或者延长的，本机关另行书面告知。办理进度可以凭办件编号和查询码随时查询。'),
    ],
  }
}
