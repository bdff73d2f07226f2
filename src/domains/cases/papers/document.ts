/** A table's column; `width` is a share of the line, `auto` as wide as its text. */
export interface Column { readonly title: string; readonly width: string; readonly align: 'left' | 'center' | 'right' }

/** What stands between addressee and signature, in order. `size` in points. */
export type Block =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly string[] }
  | { readonly is: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[]; readonly size: number }
  | { readonly is: 'pairs'; readonly pairs: readonly (readonly [label: string, value: string])[] }
  /** Facts two on a line, section by section, in the largest type that leaves the paper one page. */
  | { readonly is: 'dense'; readonly sections: readonly DenseSection[] }
  | { readonly is: 'sign'; readonly labels: readonly string[] }

/** `label`: the label's share of its half of the line. */
export interface DenseSection { readonly title: string; readonly label: number; readonly facts: readonly (readonly [label: string, value: string])[] }

/** What a kind of paper says; number, organ, date and proof are put around it for all alike. */
export interface Wording {
  /** Null: the applicant of the case where `blocks` speaks to her, else nobody. */
  readonly addressee: string | null
  readonly blocks: readonly Block[]
  readonly basis: readonly string[]
  /** The seal's name; null: the organ's name and date without a seal; undefined: others sign. */
  readonly seal?: string | null
  /** In points, where a page must hold more than running text would; else by the length. */
  readonly size?: number
}

export const text = (content: string): Block => ({ is: 'text', text: content })
export const list = (items: readonly string[]): Block => ({ is: 'list', items })
export const pairs = (...entries: readonly (readonly [string, string])[]): Block => ({ is: 'pairs', pairs: entries })
export const sign = (...labels: readonly string[]): Block => ({ is: 'sign', labels })
export const column = (title: string, width: string, align: Column['align'] = 'left'): Column => ({ title, width, align })
/** Rows get their number in front. */
export const numbered = (columns: readonly Column[], rows: readonly (readonly string[])[], size = 12): Block =>
  ({ is: 'table', columns: [column('序号', 'auto', 'center'), ...columns], rows: rows.map((row, i) => [String(i + 1), ...row]), size })

/** A paragraph for each thing there is to say. */
export const texts = (...contents: readonly (string | null | false | undefined)[]): Block[] =>
  contents.flatMap((content) => (typeof content === 'string' && content.trim() !== '' ? [text(content)] : []))
