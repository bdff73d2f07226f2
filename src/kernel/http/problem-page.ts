import type { RenderProblem } from './server.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!)

/** A plain page for installations without a portal, and for the moment before it is there. */
export const problemPage: RenderProblem = (problem, { language }) => {
  const errors = (problem.errors ?? []).map((error) => `<li><code>${escapeHtml(error.path)}</code> ${escapeHtml(error.message)}</li>`).join('')
  const home = language === 'zh' ? '返回首页' : 'Back to the first page'
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${problem.status} ${escapeHtml(problem.title)}</title></head>`
    + `<body><main><h1>${escapeHtml(problem.title)}</h1>${problem.detail === undefined ? '' : `<p>${escapeHtml(problem.detail)}</p>`}${errors === '' ? '' : `<ul>${errors}</ul>`}`
    + `<p><code>${escapeHtml(problem.code)}</code></p><p><a href="/">${home}</a></p></main></body></html>`
}
