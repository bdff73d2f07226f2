import { expect, test } from 'vitest'
import { placeOf } from './reading/places.ts'
import { pathsUnder } from './reading/tree.ts'
import { unescapedChildren } from './reading/unescaped.ts'

// The portal's JSX writes what it is given: text from people needs `safe`, or it is markup. The checker of the JSX library knows by types.
const pages = pathsUnder('src').filter((path) => path.endsWith('.tsx') && !path.endsWith('.test.tsx') && placeOf(path)?.browser === null)

test('no page writes text from outside as markup, and the checker sees it where one does', { timeout: 120_000 }, () => {
  const planted = 'src/kit/portal/planted.tsx'
  const found = unescapedChildren(pages, new Map([[planted, [
    'export const Raw = ({ name }: { name: string }) => <p>{name}</p>',
    'export const Escaped = ({ name }: { name: string }) => <p safe>{name}</p>',
    'export const Wrapped = ({ names }: { names: readonly string[] }) => <ul>{names.map((name) => <li>{`${name}!`}</li>)}</ul>',
  ].join('\n')]]))
  expect(found.filter((line) => line.startsWith(planted)).map((line) => line.slice(0, planted.length + 2))).toEqual([`${planted}:1`, `${planted}:3`])
  expect(found.filter((line) => !line.startsWith(planted))).toEqual([])
})
