import ts from 'typescript'

/** A text in both languages as a source writes it: `{ zh: '…', en: '…' }` of plain strings. */
export interface Pair { readonly line: number; readonly zh: string; readonly en: string }

/** Every object literal with a plain `zh` and a plain `en`. Texts put together by templates with holes are the types' and reviewers' business. */
export function bilingualPairs(path: string, text: string): Pair[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const pairs: Pair[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const [zh, en] = [plain(node, 'zh'), plain(node, 'en')]
      if (zh !== null && en !== null) pairs.push({ line: file.getLineAndCharacterOfPosition(node.pos).line + 1, zh, en })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return pairs
}

function plain(node: ts.ObjectLiteralExpression, name: string): string | null {
  const found = node.properties.find((property) => ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && property.name.text === name)
  return found && ts.isPropertyAssignment(found) && ts.isStringLiteralLike(found.initializer) ? found.initializer.text : null
}

/** What is wrong with a pair: a missing text, other slots, Chinese left in the English. */
export function faultOf({ zh, en }: Pair): string | null {
  const slots = (text: string): string => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).toSorted().join()
  if ((zh === '') !== (en === '')) return 'one language is empty'
  if (slots(zh) !== slots(en)) return `slots differ: {${slots(zh)}} and {${slots(en)}}`
  // A Chinese term may be quoted in English prose.
  const prose = en.replace(/[（“"「].*?[）”"」]/g, '')
  if (/\p{Script=Han}/u.test(prose)) return 'Chinese in the English'
  return null
}
