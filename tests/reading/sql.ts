import ts from 'typescript'
import { mayKnow, placeOf, type Place } from './places.ts'
import { isTest, type Tree } from './tree.ts'

export interface TableUse { readonly schema: string; readonly table: string; readonly writes: boolean }

const USE = /\b(insert\s+into|delete\s+from|update|truncate(?:\s+table)?|alter\s+table|create\s+(?:unique\s+)?(?:table|index\s+\w+\s+on)(?:\s+if\s+not\s+exists)?|from|join|references)\s+(?:only\s+)?([a-z_]+)\.([a-z_]+)\b/g

/** Tables named in SQL after the word that reads or writes them. */
export function tablesIn(sql: string): TableUse[] {
  return [...sql.replace(/--.*$/gm, '').matchAll(USE)].map(([, word, schema, table]) => ({
    schema: schema!, table: table!, writes: !['from', 'join', 'references'].includes(word!.split(/\s+/).join(' ')),
  }))
}

/** Text of all strings and templates of a TypeScript file; comments are prose and left out, holes are a question mark. */
export function stringsOf(path: string, text: string): string[] {
  const strings: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) strings.push(node.text)
    else if (ts.isTemplateExpression(node)) strings.push([node.head.text, ...node.templateSpans.map((span) => `?${span.literal.text}`)].join(''))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS))
  return strings
}

/**
 * Every table named where its module may not be known, and every table written by SQL of another module, as sentences. `owners`: the
 * folder of each schema. The composition root and what loads the demo district write rows of all.
 */
export function sqlViolations(tree: Tree, owners: ReadonlyMap<string, string>): string[] {
  return [...tree].flatMap(([path, text]) => {
    const place = placeOf(path)
    if (place === null || isTest(path)) return []
    const sql = path.endsWith('.sql') ? [text] : /\.tsx?$/.test(path) && !path.endsWith('.d.ts') ? stringsOf(path, text) : []
    return sql.flatMap(tablesIn).flatMap((use) => {
      const fault = faultOf(path, place, use, owners)
      return fault === null ? [] : [`${path}: ${use.schema}.${use.table}: ${fault}`]
    })
  })
}

function faultOf(path: string, place: Place, { schema, writes }: TableUse, owners: ReadonlyMap<string, string>): string | null {
  const folder = owners.get(schema)
  if (folder === undefined) return null
  if (path.startsWith(`${folder}/`) || place.band === 'main') return null
  const owner = placeOf(`${folder}/any.ts`)!
  if (!mayKnow(place, owner)) return `${place.room ?? place.domain ?? place.band} may not know ${schema}`
  if (writes && !/\/demo\//.test(path)) return 'a table is written by its own module'
  return null
}
