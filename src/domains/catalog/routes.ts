import { z } from 'zod'
import type { Caller } from '../../kernel/access/types.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import type { House } from '../../kernel/house.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { Item, ItemQuery } from './contract.ts'
import type { CatalogChange } from './change-kind.ts'
import { diffVersions } from './diff.ts'
import { refuse } from './errors.ts'
import { exchangeItem } from './exchange.ts'
import { findItems, type SearchItems } from './find-items.ts'
import { localise } from './localise.ts'
import { checkQuality, QUALITY_RULES } from './quality.ts'
import { contextFor, qualityContext } from './quality-context.ts'
import type { ItemRegistry } from './registry.ts'

const Code = z.object({ code: z.string().min(1).max(60) })
const Version = z.coerce.number().int().min(1).max(100_000)
const ChangeNo = z.object({ no: z.string().min(1).max(60) })
const OPEN = '办事指南主动公开：政府信息公开条例 第二十条；行政许可法 第三十条'
const DEFERRED = '行为自身核对会话与权限'

export interface CatalogRoutesParts { readonly house: House; readonly items: ItemRegistry; readonly search: SearchItems }

/** The catalogue's API. Texts come in the reader's language; `/exchange` in the names of GB/T 39046. */
export function catalogRoutes({ house, items, search }: CatalogRoutesParts): readonly Route[] {
  const today = () => house.time.today()
  const asked = (code: string, version: number | undefined) => (version === undefined ? items.get(code, today()) : items.version(code, version))
  const byToken = (tokenHash: Buffer | null, idempotencyKey: string | undefined) => ({ caller: { tokenHash: tokenHash ?? Buffer.alloc(32) }, channel: 'console', ...(idempotencyKey ? { idempotencyKey } : {}) })
  return [
    route({
      method: 'GET', path: '/api/v1/items', guard: { open: OPEN }, kind: 'api', rate: 'read', summary: { zh: '查找服务事项', en: 'Find service items' }, query: ItemQuery,
      handle: async ({ query, language }) => localise(await findItems(items, search, query, today()), language),
    }),
    route({
      method: 'GET', path: '/api/v1/items/:code', guard: { open: OPEN }, kind: 'api', rate: 'read', summary: { zh: '办事指南', en: 'The whole guide' }, params: Code, query: z.object({ version: Version.optional() }),
      handle: async ({ params, query, language }) => {
        const item = asked(params.code, query.version)
        return { ...localise(item, language), department: item.implementingBody.name[language], form: item.formId === null ? null : localise(items.form(item.formId), language) }
      },
    }),
    route({
      method: 'GET', path: '/api/v1/items/:code/versions', guard: { open: OPEN }, kind: 'api', rate: 'read', summary: { zh: '事项的历次版本', en: 'Versions of an item' }, params: Code,
      handle: async ({ params }) => ({ versions: items.history(params.code).map(({ item, withdrawn }) => ({ version: item.version, state: withdrawn ? 'withdrawn' : item.state, effectiveFrom: item.effectiveFrom, effectiveTo: item.effectiveTo, source: item.source })) }),
    }),
    route({
      method: 'GET', path: '/api/v1/items/:code/diff', guard: { open: OPEN }, kind: 'api', rate: 'read', summary: { zh: '两个版本的差异', en: 'What two versions say differently' }, params: Code, query: z.object({ from: Version, to: Version }),
      handle: async ({ params, query, language }) => ({ changes: localise(diffVersions(items.version(params.code, query.from), items.version(params.code, query.to)), language) }),
    }),
    route({
      method: 'GET', path: '/api/v1/items/:code/exchange', guard: { open: OPEN }, kind: 'api', rate: 'read', summary: { zh: '按 GB/T 39046 字段导出', en: 'Export in the fields of GB/T 39046' }, params: Code, query: z.object({ version: Version.optional() }),
      handle: async ({ params, query }) => exchangeItem(asked(params.code, query.version)),
    }),
    route({
      method: 'GET', path: '/api/v1/catalogue/rules', guard: { open: '质量规则随目录公开' }, kind: 'api', rate: 'read', summary: { zh: '指南的质量规则', en: 'Quality rules of guides' },
      handle: async ({ language }) => ({ rules: QUALITY_RULES.map((one) => ({ code: one.code, level: one.level, name: one.name[language], source: one.source })) }),
    }),
    route({
      method: 'POST', path: '/api/v1/catalogue/check', guard: { permission: 'catalog.edit' }, kind: 'api', rate: 'read', summary: { zh: '检查指南', en: 'Check a guide against the rules' }, body: Item,
      handle: async ({ body, language }) => {
        const findings = checkQuality(body, contextFor(body, await qualityContext(house.db), house.procedures))
        return { findings: localise(findings, language) }
      },
    }),
    route({
      method: 'GET', path: '/api/v1/catalogue/items/:code/source', guard: { permission: 'catalog.edit' }, kind: 'api', rate: 'read', summary: { zh: '供编辑的双语指南', en: 'The guide in both languages, for editing' }, params: Code,
      handle: async ({ params }) => items.get(params.code, today()),
    }),
    route({
      method: 'POST', path: '/api/v1/catalogue/changes', guard: { deferred: DEFERRED }, kind: 'api', rate: 'write', status: 201, summary: { zh: '起草事项变更', en: 'Draft a change' }, body: z.record(z.string(), z.unknown()),
      handle: async ({ body, tokenHash, idempotencyKey }) => house.flow.open('catalogChange', { ...byToken(tokenHash, idempotencyKey), act: 'draftItem', input: body }),
    }),
    route({
      method: 'GET', path: '/api/v1/catalogue/changes', guard: { signedIn: 'officer' }, kind: 'api', rate: 'read', summary: { zh: '未办结的事项变更', en: 'Changes under way' },
      handle: async ({ caller }) => (mayEdit(caller) ? { changes: await house.db.query(CHANGES) } : { changes: [] }),
    }),
    route({
      method: 'GET', path: '/api/v1/catalogue/changes/:no', guard: { signedIn: 'officer' }, kind: 'api', rate: 'read', summary: { zh: '一件事项变更与它改了什么', en: 'A change and what it changes' }, params: ChangeNo,
      handle: async ({ params, caller, language }) => {
        const found = mayEdit(caller) ? await findMatter(house.db, params.no) : null
        if (!found || found.matter.kind !== 'catalogChange') throw refuse('item-not-found', { code: params.no })
        const { matter } = found
        const { item, baseVersion, ...change } = matter.data as unknown as CatalogChange
        const changes = baseVersion === 0 ? [] : diffVersions(items.version(item.code, baseVersion), item)
        return { no: matter.no, stage: matter.stage, revision: matter.revision, code: item.code, name: item.name, baseVersion, ...change, changes: changes.map((one) => ({ ...one, label: one.label[language] })) }
      },
    }),
    route({
      method: 'POST', path: '/api/v1/catalogue/changes/:no/acts', guard: { deferred: DEFERRED }, kind: 'api', rate: 'write', summary: { zh: '审核、退回、修改、发布', en: 'Review, reject, revise, publish' }, params: ChangeNo,
      body: z.object({ act: z.string(), revision: z.int().positive(), input: z.record(z.string(), z.unknown()).default({}) }),
      handle: async ({ params, body, tokenHash, idempotencyKey }) => {
        const answer = await house.flow.perform(params.no, body.revision, { ...byToken(tokenHash, idempotencyKey), act: body.act, input: body.input })
        if (answer.matter.stage === 'published') await items.refresh(house.db)
        return answer
      },
    }),
  ]
}

const mayEdit = (caller: Caller): boolean => caller.kind === 'officer' && ['catalog.edit', 'catalog.review', 'catalog.publish'].some((permission) => caller.permissions.includes(permission))
const CHANGES = `
  select no, stage, revision, subject as code, data -> 'action' as action, data -> 'reason' as reason, data -> 'item' -> 'name' as name, opened_on as "openedOn", data -> 'needed' as needed, data -> 'reviews' as reviews
    from flow.matter
   where kind = 'catalogChange' and closed_at is null
   order by opened_on desc, no desc
   limit 200`
