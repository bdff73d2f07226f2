import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Page } from './types.ts'

const compress = promisify(gzip)

/** A weak validator (RFC 9110 §8.8.3) of a body: weak, because plain and compressed bytes share it. */
export const etagOf = (body: Buffer): string => `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`

interface Kept { readonly revision: string; readonly page: Page; readonly bytes: number }

/**
 * Pages as bytes, validated by revision: the caller asks with what the page depends on (a revision, a day, a count), which it
 * reads anyway, and a page of another revision is drawn anew. Bounded; the page unused longest goes first. One drawing at a
 * time per key and revision. Keys must name everything else that changes the page: language, elder mode.
 */
export class PageCache {
  readonly #kept = new Map<string, Kept>()
  readonly #drawing = new Map<string, Promise<Page>>()
  #bytes = 0

  constructor(readonly bytesMax = 64 * 1024 * 1024) {}

  async get(key: string, revision: string | number, draw: () => string | Promise<string>): Promise<Page> {
    const kept = this.#kept.get(key)
    if (kept !== undefined && kept.revision === String(revision)) {
      // The order matters only where something may soon have to go.
      if (this.#bytes > this.bytesMax / 2) {
        this.#kept.delete(key)
        this.#kept.set(key, kept)
      }
      return kept.page
    }
    const name = `${key}\n${revision}`
    const running = this.#drawing.get(name)
    if (running !== undefined) return running
    const drawing = this.#draw(key, String(revision), draw).finally(() => this.#drawing.delete(name))
    this.#drawing.set(name, drawing)
    return drawing
  }

  get bytes(): number {
    return this.#bytes
  }

  async #draw(key: string, revision: string, draw: () => string | Promise<string>): Promise<Page> {
    const html = Buffer.from(await draw())
    const gzipped = await compress(html, { level: 9 })
    const page = new Page(html, { etag: etagOf(html), cache: 'revalidate', gzip: gzipped })
    this.#keep(key, { revision, page, bytes: html.length + gzipped.length })
    return page
  }

  #keep(key: string, entry: Kept): void {
    this.#drop(key)
    this.#kept.set(key, entry)
    this.#bytes += entry.bytes
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.bytesMax || oldest === key) return
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key)
    if (kept === undefined) return
    this.#kept.delete(key)
    this.#bytes -= kept.bytes
  }
}
