import { textWidth } from './layout.ts'

/** Control characters have no place in XML; the five that mean something are written as numbers. */
export const escapeXml = (text: string): string =>
  [...text].filter((c) => c >= ' ' ? c !== '\uFFFE' && c !== '\uFFFF' : c === '\t' || c === '\n').join('').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** No line of Chinese begins with these (行首禁则, GB/T 15834). */
const CLOSING = '，。、；：？！）》」』】”’％·'

/** As `wrap`, with lines of about the same length: no single character on the last one. */
export function wrapEvenly(text: string, width: number, fontSize: number, most: number): string[] {
  const lines = wrap(text, width, fontSize, most)
  for (let narrower = textWidth(text, fontSize) / lines.length; narrower < width; narrower += fontSize / 2) {
    const even = wrap(text, narrower, fontSize, most + 1)
    if (even.length <= lines.length && even.every((line) => textWidth(line, fontSize) <= width)) return even
  }
  return lines
}

/** Breaks a text into lines: Han characters anywhere but before closing punctuation, other words at spaces and hyphens; at most `most` lines, the last with an ellipsis. */
export function wrap(text: string, width: number, fontSize: number, most: number): string[] {
  const pieces = text.replace(/\s+/g, ' ').trim().match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff-]+-?|-| /g) ?? []
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (textWidth(line + piece, fontSize) <= width || line === '' || (CLOSING.includes(piece) && line !== '')) { line += piece; continue }
    lines.push(line.trim())
    line = piece === ' ' ? '' : piece
  }
  if (line.trim() !== '') lines.push(line.trim())
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1]!.slice(0, -1)}…`]
}

/** Lines of text centred on (x, y); `halo` keeps it legible over a line. */
export function textBlock(lines: readonly string[], x: number, y: number, fontSize: number, options: { readonly className: string; readonly fill: string; readonly halo?: boolean; readonly bold?: boolean }): string {
  const step = fontSize * 1.3
  const first = y - ((lines.length - 1) * step) / 2 + fontSize * 0.36
  const halo = options.halo ? ' stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' : ''
  const spans = lines.map((line, i) => `<tspan x="${round(x)}" y="${round(first + i * step)}">${escapeXml(line)}</tspan>`).join('')
  return `<text class="${options.className}" font-size="${fontSize}" fill="${options.fill}" text-anchor="middle"${options.bold ? ' font-weight="600"' : ''}${halo}>${spans}</text>`
}

export const round = (n: number): number => Math.round(n * 10) / 10
