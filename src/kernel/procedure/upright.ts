import type { Box, Diagram, Point } from './layout.ts'

/** What turning needs to know of a node: whether others stand inside its box, and whether its lines end at a diamond's edges. */
export interface TurnedNode { readonly id: string; readonly open: boolean; readonly gateway: boolean }
export interface TurnedFlow { readonly id: string; readonly from: string; readonly to: string }

/** Between a line or a box and the words beside it. */
const BESIDE_PX = 8

/**
 * A drawing that runs from left to right, turned so that it runs from top to bottom, for a column of text or a telephone. Boxes keep
 * their size; the room between them is what the drawing gave. A drawing that is not wider than high is answered as it is.
 */
export function upright(diagram: Diagram, nodes: readonly TurnedNode[], flows: readonly TurnedFlow[]): Diagram {
  const closed = nodes.filter(({ open }) => !open).map(({ id }) => diagram.boxes[id]!)
  const points = Object.values(diagram.lines).flat()
  const right = Math.max(...closed.map((box) => box.x + box.width), ...points.map(({ x }) => x))
  const bottom = Math.max(...closed.map((box) => box.y + box.height), ...points.map(({ y }) => y))
  if (right <= bottom) return diagram
  // A box as wide as 128 and as high as 72 takes 72 of the new height: within its span one pixel is 72/128 of one.
  const down = stretched(closed.map((box) => ({ from: box.x, to: box.x + box.width, rate: box.height / box.width })))
  const across = stretched(closed.map((box) => ({ from: box.y, to: box.y + box.height, rate: box.width / box.height })))
  const turned = ({ x, y }: Point): Point => ({ x: Math.round(across(y)), y: Math.round(down(x)) })

  const boxes = Object.fromEntries(nodes.map(({ id, open }) => {
    const box = diagram.boxes[id]!
    return [id, open ? spanned(turned(box), turned({ x: box.x + box.width, y: box.y + box.height })) : around(turned(centre(box)), box)]
  }))
  const gateways = new Set(nodes.filter(({ gateway }) => gateway).map(({ id }) => id))
  const end = (at: Point, node: string): Point => (boxes[node] === undefined ? turned(at) : atEdge(turned(at), sideOf(at, diagram.boxes[node]!), boxes[node], gateways.has(node)))
  const lines: Record<string, Point[]> = {}
  const labels: Record<string, Box> = {}
  for (const { id, from, to } of flows) {
    const line = diagram.lines[id]
    if (line === undefined || line.length < 2) continue
    lines[id] = straightened([end(line[0]!, from), ...line.slice(1, -1).map(turned), end(line.at(-1)!, to)])
    const label = diagram.labels[id]
    if (label !== undefined) labels[id] = besideLine(label, line, turned)
  }
  const left = new Set(flows.map(({ from }) => from))
  for (const { id } of nodes) {
    const [label, box] = [diagram.labels[id], boxes[id]!]
    if (label !== undefined) labels[id] = left.has(id) ? onTheRight(label, box) : below(label, box)
  }
  return { boxes, lines, labels }
}

interface Span { readonly from: number; readonly to: number; readonly rate: number }
/** A map that grows at the rate of the spans it passes (the largest where several meet) and one to one between them. */
function stretched(spans: readonly Span[]): (at: number) => number {
  const cuts = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const rateAt = (at: number): number => spans.reduce((most, span) => (span.from <= at && at < span.to ? Math.max(most, span.rate) : most), 0) || 1
  const pieces = cuts.slice(1).map((to, i) => ({ from: cuts[i]!, to, rate: rateAt(cuts[i]!) }))
  const first = cuts[0] ?? 0
  return (at) => pieces.reduce((sum, { from, to, rate }) => sum + Math.max(0, Math.min(at, to) - from) * rate, first + Math.min(0, at - first) + Math.max(0, at - (cuts.at(-1) ?? at)))
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
const around = (at: Point, { width, height }: Box): Box => ({ x: Math.round(at.x - width / 2), y: Math.round(at.y - height / 2), width, height })
const spanned = (from: Point, to: Point): Box => ({ x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y })

/** Where lines leave downwards, the name stands beside; where none does, beneath. */
const onTheRight = (label: Box, box: Box): Box => ({ ...label, x: box.x + box.width + BESIDE_PX, y: Math.round(box.y + (box.height - label.height) / 2) })
const below = (label: Box, box: Box): Box => ({ ...label, x: Math.round(box.x + (box.width - label.width) / 2), y: box.y + box.height + BESIDE_PX })

type Side = 'top' | 'bottom' | 'left' | 'right'
/** The side of the turned box at which a line ends that ended here at the box as drawn: left becomes top, top becomes left. */
function sideOf(at: Point, box: Box): Side {
  const { x, y } = centre(box)
  const [dx, dy] = [(at.x - x) / box.width, (at.y - y) / box.height]
  if (Math.abs(dx) >= Math.abs(dy)) return dx < 0 ? 'top' : 'bottom'
  return dy < 0 ? 'left' : 'right'
}
function atEdge(at: Point, side: Side, box: Box, gateway: boolean): Point {
  const { x, y } = centre(box)
  const back = side === 'top' || side === 'left' ? -1 : 1
  const slack = (off: number, half: number): number => (gateway ? Math.min(half, Math.abs(off)) : 0)
  return side === 'top' || side === 'bottom'
    ? { x: at.x, y: Math.round(y + back * (box.height / 2 - slack(at.x - x, box.height / 2))) }
    : { x: Math.round(x + back * (box.width / 2 - slack(at.y - y, box.width / 2))), y: at.y }
}

/** Rounding may tilt a line by a pixel: its bends follow its ends. */
function straightened(line: readonly Point[]): Point[] {
  const points = line.map((point) => ({ ...point }))
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1]!, points[i]!]
    if (Math.abs(a.x - b.x) === 1) b.x = a.x
    if (Math.abs(a.y - b.y) === 1) b.y = a.y
  }
  return points
}

/** Words that stood over or under a level stretch of a line stand left or right of the upright one it became. */
function besideLine(label: Box, line: readonly Point[], turned: (point: Point) => Point): Box {
  const at = centre(label)
  const level = line.slice(1).flatMap((b, i) => {
    const a = line[i]!
    return a.y === b.y && Math.min(a.x, b.x) <= at.x && at.x <= Math.max(a.x, b.x) ? [a.y] : []
  }).sort((a, b) => Math.abs(a - at.y) - Math.abs(b - at.y))[0]
  if (level === undefined) return around(turned(at), label)
  const on = turned({ x: at.x, y: level })
  return around({ x: on.x + (at.y < level ? -1 : 1) * (label.width / 2 + BESIDE_PX), y: on.y }, label)
}
