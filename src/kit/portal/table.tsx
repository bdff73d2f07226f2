import { drawn, type Markup, type Slot } from './html.ts'

export interface Column { readonly head: string; /** Right-aligned, tabular figures. */ readonly number?: boolean }
export interface TableProps {
  readonly caption: string
  /** The caption is for screen readers only, where a heading right above says the same. */
  readonly captionHidden?: boolean
  readonly columns: readonly Column[]
  /** Cells in the order of the columns; the first one heads its row. */
  readonly rows: readonly { readonly cells: readonly Slot[]; readonly class?: string }[]
  /** On a phone each row becomes a small list with its column heads; else the table scrolls sideways. */
  readonly stack?: boolean
  readonly id?: string
}

/** A table. Roles are written out because stacking takes them away in some browsers. */
export const Table = ({ caption, captionHidden, columns, rows, stack = false, id }: TableProps): Markup => (
  <div class="table-box" {...(stack ? {} : { tabindex: '0', role: 'region', 'aria-label': caption })}>
    <table id={id} class={stack ? 'stack' : undefined} role="table">
      <caption class={captionHidden === true ? 'sr' : undefined} safe>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">{columns.map((column) => <th role="columnheader" scope="col" class={column.number === true ? 'num' : undefined} safe>{column.head}</th>)}</tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row" class={row.class}>
            {row.cells.map((cell, i) => i === 0
              ? <th role="rowheader" scope="row">{drawn(cell)}</th>
              : <td role="cell" class={[columns[i]?.number === true && 'num', cell === '' && 'blank']} data-label={columns[i]?.head}>{drawn(cell)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
