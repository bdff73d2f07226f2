import { z } from 'zod'
import type { Json } from '../../base/canonical-json.ts'
import type { Language } from '../../base/text.ts'
import { openPath } from './openapi.ts'
import { escapeHtml } from './problem-page.ts'
import type { ReferenceOptions } from './reference.ts'
import type { Guard, Route } from './types.ts'

const WORDS = {
  zh: { title: '接口参考', machine: '机器可读的描述', calls: '接口', acts: '行为', codes: '错误代码', takes: '输入', query: '查询', gives: '返回', who: '谁可调用', code: '代码', status: '状态', text: '含义', everybody: '任何人', deferred: '由行为判断' },
  en: { title: 'API reference', machine: 'Machine-readable description', calls: 'Calls', acts: 'Acts', codes: 'Error codes', takes: 'Takes', query: 'Query', gives: 'Answers', who: 'Who may call', code: 'Code', status: 'Status', text: 'Meaning', everybody: 'everybody', deferred: 'the act judges' },
} as const

/** The reference for people, from the same routes, acts and refusals. Also where the `type` of every problem points. */
export function referencePage(routes: readonly Route[], { refusals, kinds = [] }: ReferenceOptions, language: Language): string {
  const say = WORDS[language]
  const calls = routes.filter((route) => route.kind !== 'page').toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)).map((route) => call(route, language)).join('')
  const acts = kinds.flatMap((kind) => [...Object.entries(kind.opens), ...Object.entries(kind.acts)].map(([code, act]) =>
    `<details id="act-${escapeHtml(code)}"><summary><code>${escapeHtml(code)}</code> ${escapeHtml(act.name[language])}</summary>${schema(act.input, 'input')}</details>`)).join('')
  const codes = refusals.flatMap(({ area, table }) => Object.entries(table).map(([what, entry]) =>
    `<tr id="${escapeHtml(`${area}/${what}`)}"><td><code>${escapeHtml(`${area}/${what}`)}</code></td><td>${entry.status}</td><td>${escapeHtml(entry[language])}</td></tr>`)).join('')
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${say.title} · 明堂</title><link rel="stylesheet" href="/api/docs.css"></head><body><main>`
    + `<h1>${say.title}</h1><p>${say.machine}: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1)</p>`
    + `<h2>${say.calls}</h2>${calls}${acts === '' ? '' : `<h2>${say.acts}</h2>${acts}`}`
    + `<h2>${say.codes}</h2><table><thead><tr><th scope="col">${say.code}</th><th scope="col">${say.status}</th><th scope="col">${say.text}</th></tr></thead><tbody>${codes}</tbody></table></main></body></html>`
}

function call(route: Route, language: Language): string {
  const say = WORDS[language]
  return `<details><summary><b>${route.method}</b> <code>${escapeHtml(openPath(route.path))}</code> ${escapeHtml(route.summary[language])}</summary>`
    + `<p>${say.who}: ${escapeHtml(guardText(route.guard, language))}</p>`
    + (route.query === undefined ? '' : `<h3>${say.query}</h3>${schema(route.query, 'input')}`)
    + (route.body === undefined ? '' : `<h3>${say.takes}</h3>${schema(route.body, 'input')}`)
    + (route.output === undefined ? '' : `<h3>${say.gives}</h3>${schema(route.output, 'output')}`)
    + '</details>'
}

function guardText(guard: Guard, language: Language): string {
  const say = WORDS[language]
  if ('open' in guard) return `${say.everybody} — ${guard.open}`
  if ('deferred' in guard) return `${say.deferred} — ${guard.deferred}`
  return 'permission' in guard ? guard.permission : guard.signedIn
}

function schema(type: z.ZodType, io: 'input' | 'output'): string {
  const { $schema: _dialect, ...json } = z.toJSONSchema(type, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as { [key: string]: Json }
  return `<pre>${escapeHtml(JSON.stringify(json, null, 2))}</pre>`
}

export const REFERENCE_STYLE = `:root{color-scheme:light}
body{margin:0;font:16px/1.75 "Noto Serif SC","Songti SC",serif;color:#1b1b1d;background:#fff}
main{max-width:60rem;margin:0 auto;padding:1.5rem}
h1,h2{border-bottom:1px solid #dcd8cf}
details{border-bottom:1px solid #dcd8cf;padding:.25rem 0}
summary{cursor:pointer}
summary b{color:#a8242b}
pre,code{font:14px/1.5 ui-monospace,monospace}
pre{overflow:auto;background:#f7f5f0;padding:.75rem}
table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #dcd8cf;padding:.25rem .5rem;text-align:left;vertical-align:top}
a{color:#1d6f54}
`
