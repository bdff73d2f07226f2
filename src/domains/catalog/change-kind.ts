import { z } from 'zod'
import { addDays, type CivilDay } from '../../base/civil-day.ts'
import type { InputError } from '../../base/refusal.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import type { ActSpec, LegalGround, Matter, MatterKind, OpenSpec, RowChange, RuleContext } from '../../kernel/flow/types.ts'
import type { ProcedureRegistry } from '../../kernel/procedure/registry.ts'
import { Item } from './contract.ts'
import { diffVersions } from './diff.ts'
import { refuse } from './errors.ts'
import { checkQuality, type Finding } from './quality.ts'
import { contextFor, latestVersion, qualityContext, type Latest, type RegisterFacts } from './quality-context.ts'
import { versionRow } from './version-row.ts'

/** content: the department's own review; legal: 司法局 of the basis (西政发〔2011〕7号 二十二); price: 发改委 of fees. */
export const REVIEWS = ['content', 'legal', 'price'] as const
export type ReviewName = (typeof REVIEWS)[number]
export const CHANGE_STAGES = ['drafted', 'reviewed', 'published', 'rejected'] as const

/** 事项变更: what is to be published, who wrote it and who has looked at it. */
export interface CatalogChange {
  readonly action: 'publish' | 'withdraw'
  readonly item: Item
  /** The version in force when the draft began; 0 for a new item. */
  readonly baseVersion: number
  readonly reason: string
  readonly authorId: string
  readonly needed: readonly ReviewName[]
  readonly reviews: readonly { readonly review: ReviewName; readonly personId: string; readonly opinion: string; readonly on: CivilDay }[]
}

const Reason = z.string().trim().min(1).max(2000)
const Draft = z.strictObject({ action: z.enum(['publish', 'withdraw']).default('publish'), item: Item, reason: Reason })
type Draft = z.infer<typeof Draft>
const Review = z.strictObject({ review: z.enum(REVIEWS), opinion: Reason })
const Publish = z.strictObject({ effectiveFrom: z.iso.date().transform((day) => day as CivilDay) })

const ground = (code: string, article: string, zh: string, en: string): LegalGround => ({ code, article, name: { zh, en } })
const GROUNDS = {
  drafted: ground('CAT.DRAFT', '西政发〔2011〕7号 （十三）', '编制事项', 'Drafting an item'),
  reviewed: ground('CAT.REVIEW', '西政发〔2011〕7号 （二十二）', '审核事项', 'Reviewing an item'),
  published: ground('CAT.PUBLISH', '政府信息公开条例 第二十条', '发布事项', 'Publishing an item'),
  withdrawn: ground('CAT.WITHDRAW', '行政许可法 第二十条、第二十一条', '取消事项', 'Withdrawing an item'),
  rejected: ground('CAT.REJECT', '西政发〔2011〕7号 （二十二）', '退回不予发布', 'Rejecting a draft'),
}
const any = (permission: string) => ({ officer: permission, scope: 'any' as const })
type Facts = { readonly latest: Latest | null } & RegisterFacts

/**
 * Every change of the catalogue is a matter of its own: drafted, reviewed by somebody else, published by somebody who did not review
 * it, and in the log. Publication demands a guide without errors; the diff is public (清单动态管理).
 */
export function changeKind(parts: { readonly procedures: ProcedureRegistry }): MatterKind<CatalogChange> {
  const facts = async (db: Queryable, code: string): Promise<Facts> => {
    const [latest, context] = await Promise.all([latestVersion(db, code), qualityContext(db)])
    return { latest, ...context }
  }
  const open: OpenSpec<CatalogChange, Draft> = {
    name: { zh: '起草事项变更', en: 'Draft a change' }, input: Draft, by: [any('catalog.edit')], read: (db, input) => facts(db, input.item.code),
    decide: (input, context) => {
      const post = context.actor.post
      if (!post || !context.actor.personId) throw refuse('same-person')
      const { latest } = context.facts as Facts
      if (input.action === 'withdraw' && !latest) throw refuse('item-not-found', { code: input.item.code })
      const data = draftOf(input, latest, context.actor.personId)
      return {
        data, stage: 'drafted', organisationId: post.organisationId, organisationCode: post.organisationCode, subject: input.item.code, partyIds: [],
        numberPrefix: `SX-${context.today.slice(0, 4)}-`, ground: GROUNDS.drafted, public: { code: data.item.code, action: data.action, baseVersion: data.baseVersion },
      }
    },
  }
  const revise: ActSpec<CatalogChange, Draft> = {
    name: { zh: '修改草案', en: 'Revise the draft' }, input: Draft, from: ['drafted', 'reviewed'], by: [any('catalog.edit')], read: (db, _matter, input) => facts(db, input.item.code),
    decide: (matter, input, context) => {
      if (input.item.code !== matter.subject) throw refuse('code-malformed', { problem: `${matter.subject} → ${input.item.code}` })
      // What reviewers saw has changed: their opinions fall.
      return { data: draftOf(input, (context.facts as Facts).latest, personOf(context)), stage: 'drafted', ground: GROUNDS.drafted }
    },
  }
  const review: ActSpec<CatalogChange, z.infer<typeof Review>> = {
    name: { zh: '审核', en: 'Review' }, input: Review, from: ['drafted', 'reviewed'], by: [any('catalog.review')],
    decide: (matter, input, context) => {
      const personId = personOf(context)
      if (personId === matter.data.authorId) throw refuse('same-person')
      const reviews = [...matter.data.reviews.filter((one) => one.review !== input.review), { ...input, personId, on: context.today }]
      return { data: { ...matter.data, reviews }, stage: missing({ ...matter.data, reviews }).length === 0 ? 'reviewed' : 'drafted', ground: GROUNDS.reviewed, public: { review: input.review } }
    },
  }
  const reject: ActSpec<CatalogChange, { reasons: string }> = {
    name: { zh: '退回', en: 'Reject' }, input: z.strictObject({ reasons: Reason }), from: ['drafted', 'reviewed'], by: [any('catalog.review')],
    decide: (_matter, input) => ({ stage: 'rejected', closed: true, ground: GROUNDS.rejected, private: { reasons: input.reasons } }),
  }
  const publish: ActSpec<CatalogChange, z.infer<typeof Publish>> = {
    name: { zh: '发布', en: 'Publish' }, input: Publish, from: ['reviewed'], by: [any('catalog.publish')], read: (db, matter) => facts(db, matter!.subject),
    decide: (matter, input, context) => {
      const { latest, ...register } = context.facts as Facts
      const { data } = matter
      const lacking = missing(data)
      if (lacking.length > 0) throw refuse('gate-missing', { gate: lacking.map((one) => GATE_NAMES[one]).join('、') })
      if (data.reviews.some((one) => one.personId === personOf(context))) throw refuse('same-person')
      if ((latest?.item.version ?? 0) !== data.baseVersion) throw refuse('stale')
      if (input.effectiveFrom < context.today || (data.action === 'withdraw' && latest !== null && input.effectiveFrom <= latest.item.effectiveFrom)) throw refuse('too-early')
      if (data.action === 'withdraw') return { stage: 'published', closed: true, ground: GROUNDS.withdrawn, rows: [withdrawal(matter, input.effectiveFrom)], public: { code: matter.subject, action: 'withdraw', effectiveFrom: input.effectiveFrom } }
      const item: Item = { ...data.item, version: data.baseVersion + 1, state: 'published', effectiveFrom: input.effectiveFrom, effectiveTo: null, source: 'edited' }
      assertClean(checkQuality(item, contextFor(item, register, parts.procedures)))
      return {
        stage: 'published', closed: true, data: { ...data, item }, ground: GROUNDS.published,
        rows: [{ op: 'insert', table: 'catalog.item_version', row: versionRow(item, { at: context.now, reason: data.reason, authorId: data.authorId, reviewerId: data.reviews[0]!.personId, publishedBy: personOf(context) }) }],
        public: { code: item.code, version: item.version, action: 'publish', effectiveFrom: item.effectiveFrom, changed: latest ? diffVersions(latest.item, item).map((one) => one.path).slice(0, 100) : ['/'] },
      }
    },
  }
  return {
    kind: 'catalogChange', name: { zh: '事项变更', en: 'Change of the catalogue' }, stages: CHANGE_STAGES,
    opens: { draftItem: open as OpenSpec<CatalogChange> }, acts: { reviseDraft: revise as ActSpec<CatalogChange>, reviewDraft: review as ActSpec<CatalogChange>, rejectDraft: reject as ActSpec<CatalogChange>, publishDraft: publish as ActSpec<CatalogChange> },
    publicFace: { heading: 'management', shows: { zh: '事项编码、版本、实施日期与变更的要素', en: 'Item, version, day in force and the elements that changed' }, withheldBy: '政府信息公开条例 第十六条' },
  }
}

/** A published version replaces the one it was drafted from; a change of basis needs the legal gate, one of fees the price gate. */
function draftOf(input: Draft, latest: Latest | null, authorId: string): CatalogChange {
  const changed = latest ? diffVersions(latest.item, input.item).map((one) => one.path) : null
  const touches = (field: string): boolean => changed === null || changed.includes(field)
  const needed: ReviewName[] = ['content']
  if (input.action === 'withdraw' || touches('/legalBasis')) needed.push('legal')
  if (changed === null ? input.item.fees.length > 0 : touches('/fees')) needed.push('price')
  return { action: input.action, item: { ...input.item, state: 'draft' }, baseVersion: latest?.item.version ?? 0, reason: input.reason, authorId, needed, reviews: [] }
}

const GATE_NAMES: Readonly<Record<ReviewName, string>> = { content: '部门审核', legal: '合法性审核', price: '收费核准' }
const missing = (data: CatalogChange): readonly ReviewName[] => data.needed.filter((one) => !data.reviews.some((given) => given.review === one))

function personOf(context: RuleContext): string {
  if (context.actor.personId === null) throw new Error(`${context.act} is done by a person`)
  return context.actor.personId
}

/** The last day of the version in force is the one before; from then the item takes no new case (一项取消的事项不再受理). */
const withdrawal = (matter: Matter<CatalogChange>, from: CivilDay): RowChange =>
  ({ op: 'update', table: 'catalog.item_version', where: { code: matter.subject, version: matter.data.baseVersion }, set: { state: 'withdrawn', effective_to: addDays(from, -1), reason: matter.data.reason } })

function assertClean(findings: readonly Finding[]): void {
  const errors = findings.filter((one) => one.level === 'error')
  if (errors.length > 0) throw refuse('quality', { count: errors.length }, { errors: errors.map((one): InputError => ({ path: one.path, code: `catalog/${one.code}`, message: one.message })) })
}
