import type { Queryable } from '../db/database.ts'

/** The row by which an act names a file; naming it twice for the same thing is once. */
export interface UseRow { readonly op: 'upsert'; readonly table: 'files.use'; readonly key: readonly string[]; readonly row: Readonly<Record<string, unknown>> }

/** `what`: material code, document, evidence. From the act's commit on the file is kept as long as the matter. */
export const useFile = (fileId: string, matterId: string, what: string): UseRow => ({
  op: 'upsert', table: 'files.use', key: ['file_id', 'matter_id', 'what'], row: { file_id: fileId, matter_id: matterId, what },
})

/** Keeps a file for what is no matter, such as a registered agency: from the commit on it is not swept. */
export const keepFile = (db: Queryable, fileId: string, forId: string, what: string): Promise<unknown> =>
  db.query('insert into files.use (file_id, matter_id, what) values ($1, $2, $3) on conflict do nothing', [fileId, forId, what])
