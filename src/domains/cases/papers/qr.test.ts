import { expect, test } from 'vitest'
import { qrSvg } from './qr.ts'

/** The drawing as rows of modules, read back from the path. */
function modules(svg: string): string[] {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)![1])
  const rows = Array.from({ length: side }, () => Array.from({ length: side }, () => ' '))
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) rows[Number(y)]!.fill('#', Number(x), Number(x) + Number(run))
  return rows.map((row) => row.join(''))
}

test('stands in a quiet zone of four modules, with its three corners', () => {
  const rows = modules(qrSvg('https://zwfw.example.cn/verify?receipt=0192f3c4-7a61-7c1e-8a55-2f9d4b6c7e81'))
  // 76 bytes at correction M are version 5 (84 bytes): 37 modules and eight of the quiet zone.
  expect(rows).toHaveLength(45)
  expect(rows.slice(0, 4).concat(rows.slice(-4)).join('').trim()).toBe('')
  const corner = ['#######', '#     #', '# ### #', '# ### #', '# ### #', '#     #', '#######']
  expect(rows.slice(4, 11).map((row) => row.slice(4, 11))).toEqual(corner)
  expect(rows.slice(4, 11).map((row) => row.slice(34, 41))).toEqual(corner)
  expect(rows.slice(34, 41).map((row) => row.slice(4, 11))).toEqual(corner)
})

test('differs with its text and is the same for the same', () => {
  expect(qrSvg('a')).toBe(qrSvg('a'))
  expect(qrSvg('a')).not.toBe(qrSvg('b'))
})
