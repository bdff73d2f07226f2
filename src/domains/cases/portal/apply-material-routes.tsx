import { z } from 'zod'
import { Refusal } from '../../../base/refusal.ts'
import { Redirect, route, type Route } from '../../../kernel/http/types.ts'
import { DraftInput } from '../contract.ts'
import { refuse } from '../errors.ts'
import { CaseNo, page, post, saveDraft, stepRoutes, toCase, type Handler } from './apply-steps.tsx'
import type { CasePagesDeps } from './deps.ts'
import { findDraft, materialsOf, problemsOf, stepsOf, withMaterial, type Draft } from './draft.ts'
import { MaterialsPage } from './materials-page.tsx'
import { ANY_FIELDS, readFiles, textOf, type Fields } from './posted.ts'

const CHOOSE = { zh: '请先选择文件', en: 'Choose a file first' }
const COPIES = { zh: '份数应当是 1 到 99', en: 'Between 1 and 99' }

/** The materials of an application, one by one: uploaded, brought on paper, taken away again. */
export function materialRoutes(deps: CasePagesDeps): Route[] {
  const { frames } = deps
  const changeMaterial = (path: string, summary: { zh: string; en: string }, more: Partial<Route>, change: (ask: Handler & { params: { id: string } }, draft: Draft) => Promise<{ input: DraftInput; revision: number; problem: string | null }>) => route({
    ...post, ...more, path, summary, params: CaseNo.extend({ id: z.string().max(60) }),
    handle: async (plain) => {
      const ask = plain as unknown as Handler & { params: { id: string } }
      const draft = await findDraft(deps, ask.params.caseNo, ask.caller)
      if (draft === null) return toCase(ask.params.caseNo)
      if (!draft.item.materials.some(({ id }) => id === ask.params.id)) throw refuse('material-unknown', { material: ask.params.id })
      const changed = await change(ask, draft)
      const { path: materialsPath } = stepsOf(draft).find(({ id }) => id === 'materials')!
      const frame = { ...(await frames.of(ask)), path: materialsPath }
      if (changed.problem !== null) return page(<MaterialsPage frame={frame} draft={draft} step="materials" problems={[{ name: `file-${ask.params.id}`, message: changed.problem }]} {...materialsOf(deps, draft)} />, 422)
      // Materials are one by one, so a change made on another page does not stand against this one: it is put on top of it.
      await saveDraft(deps, ask, draft, changed.input, draft.revision)
      return new Redirect(`${materialsPath}#material-${ask.params.id}`)
    },
  })

  return [
    ...stepRoutes(deps, '/apply/draft/:caseNo/materials', {
      summary: { zh: '申请材料', en: 'Materials' }, step: () => 'materials',
      draw: (shared) => <MaterialsPage {...shared} {...materialsOf(deps, shared.draft)} />,
      change: (ask, draft) => ({ input: draft.input, problems: problemsOf(deps, draft, ask.language).filter(({ step }) => step === 'materials') }),
    }),
    changeMaterial('/apply/draft/:caseNo/materials/:id', { zh: '上传材料', en: 'Upload a material' }, { parseBody: false, rate: 'upload' }, async (ask, draft) => {
      const { files } = await readFiles(deps, ask)
      const { id } = ask.params
      const file = files.get(`file-${id}`)
      if (file === undefined) return { input: draft.input, revision: draft.revision, problem: CHOOSE[ask.language] }
      if (file instanceof Refusal) return { input: draft.input, revision: draft.revision, problem: file.in(ask.language) }
      return { input: { ...draft.input, materials: withMaterial(draft.input.materials, { materialId: id, fileId: file.id, form: 'electronic', copies: 1 }) }, revision: draft.revision, problem: null }
    }),
    changeMaterial('/apply/draft/:caseNo/materials/:id/paper', { zh: '交纸质材料', en: 'Hand in on paper' }, { body: ANY_FIELDS }, async (ask, draft) => {
      const fields = ask.body as Fields
      const { id } = ask.params
      const copies = Number(textOf(fields, `copies-${id}`))
      const form = textOf(fields, `form-${id}`) === 'copy' ? 'copy' as const : 'original' as const
      if (!Number.isInteger(copies) || copies < 1 || copies > 99) return { input: draft.input, revision: draft.revision, problem: COPIES[ask.language] }
      return { input: { ...draft.input, materials: withMaterial(draft.input.materials, { materialId: id, fileId: null, form, copies }) }, revision: draft.revision, problem: null }
    }),
    changeMaterial('/apply/draft/:caseNo/materials/:id/remove', { zh: '去掉材料', en: 'Remove a material' }, { body: ANY_FIELDS }, async (ask, draft) =>
      ({ input: { ...draft.input, materials: draft.input.materials.filter(({ materialId }) => materialId !== ask.params.id) }, revision: draft.revision, problem: null })),
  ]
}
