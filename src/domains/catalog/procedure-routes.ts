import { z } from 'zod'
import { rfc3339 } from '../../base/civil-day.ts'
import type { Language } from '../../base/text.ts'
import type { House } from '../../kernel/house.ts'
import { Bytes, route, type Route } from '../../kernel/http/types.ts'
import { describe } from '../../kernel/procedure/describe.ts'
import { refuse } from '../../kernel/procedure/errors.ts'
import { DIRECTIONS } from '../../kernel/procedure/layout.ts'
import { namesIn } from '../../kernel/procedure/names.ts'
import type { PublishedProcedure } from '../../kernel/procedure/registry.ts'
import { renderSvg } from '../../kernel/procedure/svg.ts'
import type { ProcedureSummary, ProcedureView } from './procedure-contract.ts'
import type { ItemRegistry } from './registry.ts'

const OPEN = { open: '办理程序主动公开：行政许可法 第三十条；政府信息公开条例 第二十条' } as const
const Id = z.object({ id: z.string().min(1).max(200) })
const Version = z.object({ version: z.coerce.number().int().min(1).max(100_000).optional() })

/** The procedures as published: what was proved of them, their drawings and versions. Anybody may read what runs. */
export function procedureRoutes({ house, items }: { readonly house: House; readonly items: ItemRegistry }): readonly Route[] {
  const summary = ({ id, name, version, publishedAt, report }: PublishedProcedure): ProcedureSummary => ({
    id, name, version, publishedAt: rfc3339(publishedAt), workingDays: report.criticalPath?.workingDays ?? 0, warnings: report.warnings.length,
    items: items.list(house.time.today()).filter((item) => item.procedureId === id).map((item) => ({ code: item.code, name: item.name })),
  })
  const asked = (id: string, version: number | undefined): PublishedProcedure => {
    const newest = house.procedures.latest(id)
    if (!newest) throw refuse('not-found', { id, version: version ?? 1 })
    return version === undefined ? newest : house.procedures.get(id, version)
  }
  return [
    route({
      method: 'GET', path: '/api/v1/procedures', guard: OPEN, kind: 'api', rate: 'read', summary: { zh: '已发布的办理流程', en: 'Published procedures' },
      handle: async (): Promise<{ procedures: readonly ProcedureSummary[] }> => ({ procedures: house.procedures.list().map(summary) }),
    }),
    route({
      method: 'GET', path: '/api/v1/procedures/:id', guard: OPEN, kind: 'api', rate: 'read', summary: { zh: '一个流程的检验结果与历次版本', en: 'What was proved of a procedure, and its versions' }, params: Id, query: Version,
      handle: async ({ params, query, language }) => viewOf(house, asked(params.id, query.version), summary, language),
    }),
    route({
      method: 'GET', path: '/api/v1/procedures/:id/diagram.svg', guard: OPEN, kind: 'stream', rate: 'read', summary: { zh: '流程图', en: 'The drawing' }, params: Id, query: Version.extend({ direction: z.enum(DIRECTIONS).default('right') }),
      handle: async ({ params, query, language }) => {
        const { definition, name } = asked(params.id, query.version)
        return new Bytes(Buffer.from(await renderSvg(definition, { language, live: [], title: name[language], direction: query.direction })), 'image/svg+xml')
      },
    }),
    route({
      method: 'GET', path: '/api/v1/procedures/:id/source.bpmn', guard: OPEN, kind: 'stream', rate: 'read', summary: { zh: '流程图原文（BPMN 2.0）', en: 'The drawing as a BPMN 2.0 file' }, params: Id, query: Version,
      handle: async ({ params, query }) => {
        const { id, version } = asked(params.id, query.version)
        const [row] = await house.db.query<{ xml: string }>('select xml from procedure.definition where id = $1 and version = $2', [id, version])
        return new Bytes(Buffer.from(row!.xml), 'application/xml; charset=utf-8', { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${id}-${version}.bpmn`)}` })
      },
    }),
  ]
}

async function viewOf(house: House, procedure: PublishedProcedure, summary: (of: PublishedProcedure) => ProcedureSummary, language: Language): Promise<ProcedureView> {
  const versions = await house.db.query<{ version: number; published_at: Date; running: number }>(VERSIONS, [procedure.id])
  const { net, definition, report } = procedure
  const named = namesIn(definition, language)
  return {
    ...summary(procedure), criticalPath: (report.criticalPath?.steps ?? []).map(named), warningList: report.warnings.map(({ kind, at }) => ({ kind, at: named(at) })),
    steps: describe(net, language).map(({ id, text }) => ({ id, text })),
    versions: versions.map((one) => ({ version: one.version, publishedAt: rfc3339(one.published_at), running: one.running })),
  }
}
const VERSIONS = `
  select d.version, d.published_at, count(m.no)::int as running
    from procedure.definition d
    left join flow.matter m on m.procedure_id = d.id and m.procedure_version = d.version and m.closed_at is null
   where d.id = $1
   group by d.version, d.published_at
   order by d.version desc`
