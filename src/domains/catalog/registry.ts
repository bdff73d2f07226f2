import type { CivilDay } from '../../base/civil-day.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import { Item, type FormDefinition } from './contract.ts'
import { refuse } from './errors.ts'

interface Entry { readonly item: Item; readonly withdrawn: boolean }

/**
 * Every published guide and form in memory. Versions are immutable, so only what is new since the last look is read; `refresh` costs
 * one small query while `catalog.revision` stands still. Each process has its own.
 */
export class ItemRegistry {
  private readonly versions = new Map<string, Map<number, Entry>>()
  private readonly forms = new Map<string, FormDefinition>()
  private seen = 0n

  /** Number of changes so far: an etag of everything the catalogue says. */
  get revision(): string {
    return this.seen.toString()
  }

  /** The version in force on a day. Refuses `catalog/item-not-found`, `catalog/withdrawn`. */
  get(code: string, day: CivilDay): Item {
    const last = this.newest(code, day)
    if (!last) throw refuse('item-not-found', { code })
    if (hasEnded(last, day)) throw refuse('withdrawn', { code })
    return last
  }

  find(code: string, day: CivilDay): Item | undefined {
    const last = this.newest(code, day)
    return last && !hasEnded(last, day) ? last : undefined
  }

  private newest(code: string, day: CivilDay): Item | undefined {
    let last: Item | undefined
    for (const { item } of this.versions.get(code)?.values() ?? []) if (item.effectiveFrom <= day && item.version > (last?.version ?? 0)) last = item
    return last
  }

  /** A version whatever the day: cases keep the one they began with. Refuses `catalog/version-not-found`. */
  version(code: string, version: number): Item {
    const entry = this.versions.get(code)?.get(version)
    if (!entry) throw this.versions.has(code) ? refuse('version-not-found', { code, version }) : refuse('item-not-found', { code })
    return entry.item
  }

  /** All versions of an item, newest first. Refuses `catalog/item-not-found`. */
  history(code: string): readonly { readonly item: Item; readonly withdrawn: boolean }[] {
    const versions = this.versions.get(code)
    if (!versions) throw refuse('item-not-found', { code })
    return [...versions.values()].sort((a, b) => b.item.version - a.item.version)
  }

  /** Every item in force on a day, by code. */
  list(day: CivilDay): readonly Item[] {
    return [...this.versions.keys()].sort().flatMap((code) => this.find(code, day) ?? [])
  }

  /** Codes of which no version is in force on a day: ended, or still to come. */
  notInForce(day: CivilDay): readonly string[] {
    return [...this.versions.keys()].filter((code) => this.find(code, day) === undefined)
  }

  /** Refuses `catalog/form-not-found`. */
  form(id: string): FormDefinition {
    const form = this.forms.get(id)
    if (!form) throw refuse('form-not-found', { form: id })
    return form
  }

  async refresh(db: Queryable): Promise<void> {
    const [now] = await db.query<{ revision: string }>('select revision::text from catalog.revision')
    const revision = BigInt(now!.revision)
    if (revision === this.seen) return
    const known = [...this.versions].flatMap(([code, versions]) => [...versions.keys()].map((version) => ({ code, version })))
    const items = await db.query<{ body: Item; state: string; effective_to: CivilDay | null }>(`
      select v.body, v.state, v.effective_to
        from catalog.item_version v
       where v.state = 'withdrawn'
          or not exists (select from jsonb_to_recordset($1::jsonb) as k(code text, version integer) where k.code = v.code and k.version = v.version)`, [JSON.stringify(known)])
    for (const { body: stored, state, effective_to } of items) {
      // A row of an earlier release lacks what was added since: the schema's defaults stand for it.
      const body = Item.parse(stored)
      if (!this.versions.has(body.code)) this.versions.set(body.code, new Map())
      this.versions.get(body.code)!.set(body.version, { item: { ...body, effectiveTo: effective_to, state: state === 'withdrawn' ? 'withdrawn' : body.state }, withdrawn: state === 'withdrawn' })
    }
    for (const { body } of await db.query<{ body: FormDefinition }>('select distinct on (id) body from catalog.form order by id, version desc')) this.forms.set(body.id, body)
    this.seen = revision
  }
}

/** A withdrawn version holds until its last day. */
const hasEnded = (item: Item, day: CivilDay): boolean => item.effectiveTo !== null && item.effectiveTo < day

/** Reads every published guide and form. */
export async function loadItems(db: Queryable): Promise<ItemRegistry> {
  const registry = new ItemRegistry()
  await registry.refresh(db)
  return registry
}
