import { execFileSync, spawnSync } from 'node:child_process'

/** Poppler's, where the machine has it. */
export const hasPdfToText = spawnSync('pdftotext', ['-v']).error === undefined

/** What a reader's program copies out of each page, without blanks: lines break where they please. None without poppler. */
export function pageTexts(pdf: Buffer): string[] {
  if (!hasPdfToText) return []
  const text = execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, stdio: ['pipe', 'pipe', 'ignore'] }).toString('utf8')
  return text.split('\f').slice(0, -1).map((page) => page.replace(/[\s\u200b]/g, ''))
}
export const textOf = (pdf: Buffer): string => pageTexts(pdf).join('')

/** Pages by the page tree's own count. */
export const pagesOf = (pdf: Buffer): number => Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])
