import type { Readable } from 'node:stream'

/** A file that was accepted: its row. */
export interface StoredFile {
  readonly id: string
  /** Hexadecimal. */
  readonly sha256: string
  readonly bytes: number
  /** By content, possibly with a charset. */
  readonly mediaType: string
  readonly name: string
  readonly uploadedBy: string
  readonly uploadedAt: Date
  /** Name of the scanner, `none` where there is none. */
  readonly scanned: string
}

export interface Upload {
  readonly name: string
  /** Key of the caller: an account or a session. */
  readonly uploadedBy: string
  readonly at: Date
  /** Where the sender said how many bytes will come; others are `files/truncated`. */
  readonly expectedBytes?: number
}

/**
 * Where uploaded files are. All of it may be called concurrently, by several processes.
 */
export interface FileStore {
  /**
   * Takes a stream to its end. When it returns, content, its folder and its row are on stable storage, so that an act may name it.
   * Equal contents are stored once, under two ids. A crash before leaves only what `sweep` removes.
   * Refuses `files/too-large`, `files/type-not-allowed`, `files/empty`, `files/truncated`, `files/name-unusable`, `files/infected`, `files/no-space`.
   */
  put(content: Readable, upload: Upload): Promise<StoredFile>
  /** Refuses `files/not-found`. Whether the caller may see it is for the caller's room to ask first. */
  get(fileId: string): Promise<StoredFile>
  /** Many at once, in the order asked; refuses `files/not-found` for the first that is missing. */
  getAll(fileIds: readonly string[]): Promise<StoredFile[]>
  /** The content from its beginning. Refuses `files/not-found`. */
  open(fileId: string): Promise<{ readonly file: StoredFile; readonly content: Readable }>
  /** Files that a matter's acts named, with what they were named as. */
  usedBy(matterId: string): Promise<readonly { readonly what: string; readonly file: StoredFile }[]>
  /** Removes files uploaded before an instant that no act named, and the leavings of crashes. May run beside uploads and acts. */
  sweep(before: Date): Promise<{ readonly files: number; readonly bytes: number }>
}
