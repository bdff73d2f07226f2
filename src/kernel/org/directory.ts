import type { Bilingual } from '../../base/text.ts'
import type { Queryable } from '../db/database.ts'

export interface DirectoryEntry {
  readonly id: string
  readonly code: string
  readonly name: Bilingual
  readonly shortName: Bilingual
  readonly kind: 'centre' | 'department' | 'subdistrict' | 'community' | 'vertical' | 'body'
  /** Of the statistical division it stands for or in. */
  readonly divisionCode: string
  /** Stands under no other. */
  readonly top: boolean
}

/**
 * All organisations by id and by credit code, kept in memory: an act needs names and codes, never a query for them. Organisations
 * are never deleted, so an entry once seen stays right; `refresh` brings new ones and new names.
 */
export class OrganisationDirectory {
  private byId = new Map<string, DirectoryEntry>()
  private byCode = new Map<string, DirectoryEntry>()

  get(id: string): DirectoryEntry {
    const entry = this.byId.get(id)
    if (!entry) throw new Error(`no organisation ${id}`)
    return entry
  }

  codeOf(id: string): string { return this.get(id).code }
  idOf(code: string): string | null { return this.byCode.get(code)?.id ?? null }
  find(code: string): DirectoryEntry | undefined { return this.byCode.get(code) }
  /** The service centre, where one stands. */
  centreId(): string | null { return [...this.byId.values()].find((entry) => entry.kind === 'centre')?.id ?? null }
  /** The people's government of the level, where it stands in the directory. */
  governmentId(): string | null { return [...this.byId.values()].find((entry) => entry.kind === 'body' && entry.top)?.id ?? null }
  /** The sub-district office of a division. */
  subdistrictOf(divisionCode: string): DirectoryEntry | null { return [...this.byId.values()].find((entry) => entry.kind === 'subdistrict' && entry.divisionCode === divisionCode) ?? null }
  all(): readonly DirectoryEntry[] { return [...this.byId.values()] }

  async refresh(db: Queryable): Promise<void> {
    const rows = await db.query<DirectoryEntry>(`
select id, code, kind, division_code as "divisionCode", parent_id is null as top, jsonb_build_object('zh', name_zh, 'en', name_en) as name, jsonb_build_object('zh', short_zh, 'en', short_en) as "shortName"
  from org.organisation
 order by valid_from, code`)
    this.byId = new Map(rows.map((row) => [row.id, row]))
    this.byCode = new Map(rows.map((row) => [row.code, row]))
  }
}
