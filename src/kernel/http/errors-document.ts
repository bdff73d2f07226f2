import type { RefusalTable } from '../../base/refusal.ts'

/** `docs/errors.md`: every code of every area. A test holds the file to the tables; `-u` writes it. */
export function errorsDocument(tables: readonly RefusalTable[]): string {
  const areas = tables.toSorted((a, b) => (a.area < b.area ? -1 : a.area > b.area ? 1 : 0))
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const sections = areas.map(({ area, table }) => [
    `## ${area}`, '', '| code | status | 中文 | English |', '|---|---|---|---|',
    ...Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, { status, zh, en }]) => `| \`${area}/${what}\` | ${status} | ${cell(zh)} | ${cell(en)} |`),
  ].join('\n'))
  return [
    '# Errors 错误代码', '',
    'Every lawful “no” of the product, as `code` in `application/problem+json` (RFC 9457). A code, once shipped, is never renamed or reused.',
    'A failure of ours is `http/failed` (500) with the number under which it stands in the server’s log.', '',
    sections.join('\n\n'), '',
  ].join('\n')
}
