import type { Markup } from './html.ts'

export interface FlowChartProps {
  /** Drawn by the kernel from a checked definition, from top to bottom; every name in it is escaped there. */
  readonly svg: string
  readonly steps: readonly { readonly text: string }[]
  /** Names the picture's frame, which scrolls where it is too wide. */
  readonly label: string
  readonly stepsTitle: string
  /** What stands under the picture. */
  readonly caption?: Markup
}

/** A chart up to so wide stands beside its words and is shrunk to a telephone; a wider one has the whole column. */
const NARROW_PX = 640

/** A procedure as a picture, and the same in words beside it. */
export const FlowChart = ({ svg, steps, label, stepsTitle, caption }: FlowChartProps): Markup => {
  const [safeSvg, safeCaption] = [svg, caption]
  const narrow = Number(/ width="(\d+)/.exec(svg)?.[1]) <= NARROW_PX
  return (
    <div class={narrow ? 'flow flow-narrow' : 'flow'}>
      <figure>
        <div class="flow-box" tabindex="0" role="region" aria-label={label}>{safeSvg}</div>
        {safeCaption === undefined ? '' : <figcaption>{safeCaption}</figcaption>}
      </figure>
      <div class="flow-words">
        <h3 safe>{stepsTitle}</h3>
        <ol>{steps.map((step) => <li safe>{step.text}</li>)}</ol>
      </div>
    </div>
  )
}
