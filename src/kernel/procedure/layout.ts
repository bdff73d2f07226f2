import type { ElkNode } from 'elkjs/lib/elk-api.js'

export interface Point { readonly x: number; readonly y: number }
export interface Box extends Point { readonly width: number; readonly height: number }
/** Where everything stands, in pixels of the diagram. Labels only where a place was reserved for one. */
export interface Diagram {
  readonly boxes: Readonly<Record<string, Box>>
  readonly lines: Readonly<Record<string, readonly Point[]>>
  readonly labels: Readonly<Record<string, Box>>
}

export interface LayoutNode {
  readonly id: string
  readonly shape: 'event' | 'gateway' | 'task' | 'subProcess'
  readonly name: string
  /** Id of the activity on whose edge a boundary event sits. */
  readonly attachedTo?: string
  readonly children?: readonly LayoutNode[]
  readonly flows?: readonly LayoutFlow[]
}
export interface LayoutFlow { readonly id: string; readonly from: string; readonly to: string; readonly name: string }

export const TASK = { width: 128, height: 72 } as const
const EVENT = { width: 36, height: 36 } as const
const GATEWAY = { width: 48, height: 48 } as const
const size = { event: EVENT, gateway: GATEWAY, task: TASK } as const

/** Width of a text in pixels at a font size: a Han character is one em, Latin about 0.56. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0
  for (const character of text) em += character.codePointAt(0)! > 0x2e7f ? 1 : 0.56
  return em * fontSize
}

/** From left to right as procedures are drawn, or from top to bottom for a column of text and for telephones. */
export const DIRECTIONS = ['right', 'down'] as const
export type Direction = (typeof DIRECTIONS)[number]

const COMMON = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.considerModelOrder.strategy': 'PREFER_EDGES',
  'elk.edgeLabels.inline': 'false',
}
/** Down a telephone there is height and no width. */
const OPTIONS: Readonly<Record<Direction, Readonly<Record<string, string>>>> = {
  right: {
    ...COMMON, 'elk.direction': 'RIGHT', 'elk.spacing.nodeNode': '44', 'elk.layered.spacing.nodeNodeBetweenLayers': '44',
    'elk.spacing.edgeNode': '22', 'elk.layered.spacing.edgeNodeBetweenLayers': '20', 'elk.spacing.edgeEdge': '16',
  },
  down: {
    ...COMMON, 'elk.direction': 'DOWN', 'elk.spacing.nodeNode': '24', 'elk.layered.spacing.nodeNodeBetweenLayers': '28',
    'elk.spacing.edgeNode': '16', 'elk.layered.spacing.edgeNodeBetweenLayers': '16', 'elk.spacing.edgeEdge': '12',
  },
}

/**
 * Layered layout with orthogonal lines, sub-processes inside out. From left to right, a sequence longer than about six steps is
 * folded into rows.
 */
export async function layOut(nodes: readonly LayoutNode[], flows: readonly LayoutFlow[], direction: Direction = 'right'): Promise<Diagram> {
  // Loaded on first use: the layout engine is 1.5 MB and most processes never draw a model without coordinates.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js')
  const fold = direction === 'right' && nodes.length > 14 && !nodes.some((n) => n.attachedTo !== undefined)
  const graph = {
    id: '\u0000root',
    layoutOptions: { ...OPTIONS[direction], 'elk.padding': '[top=24,left=24,bottom=24,right=24]', ...(fold ? FOLDED : {}) },
    ...contents(nodes, flows, direction),
  }
  const placed = await new Elk().layout(graph)
  const diagram = { boxes: {} as Record<string, Box>, lines: {} as Record<string, Point[]>, labels: {} as Record<string, Box> }
  collect(placed, { x: 0, y: 0 }, diagram)
  touchDiamonds(nodes, flows, diagram)
  return diagram
}

/** The layout ends lines at a gateway's bounding box; they are drawn on to the edge of its diamond. */
function touchDiamonds(nodes: readonly LayoutNode[], flows: readonly LayoutFlow[], diagram: { boxes: Record<string, Box>; lines: Record<string, Point[]> }): void {
  const gateways = new Set(nodes.filter((n) => n.shape === 'gateway').map((n) => n.id))
  const inward = (point: Point, box: Box): Point => {
    const [dx, dy] = [box.x + box.width / 2 - point.x, box.y + box.height / 2 - point.y]
    const atSide = Math.abs(dx) >= Math.abs(dy)
    return atSide ? { x: Math.round(point.x + Math.sign(dx) * Math.abs(dy)), y: point.y } : { x: point.x, y: Math.round(point.y + Math.sign(dy) * Math.abs(dx)) }
  }
  for (const flow of flows) {
    const line = diagram.lines[flow.id]
    if (line === undefined || line.length < 2) continue
    if (gateways.has(flow.from)) line[0] = inward(line[0]!, diagram.boxes[flow.from]!)
    if (gateways.has(flow.to)) line[line.length - 1] = inward(line.at(-1)!, diagram.boxes[flow.to]!)
  }
  for (const node of nodes) if (node.children) touchDiamonds(node.children, node.flows ?? [], diagram)
}

const FOLDED = {
  'elk.layered.wrapping.strategy': 'MULTI_EDGE',
  'elk.aspectRatio': '1.9',
  'elk.layered.wrapping.additionalEdgeSpacing': '30',
}

function contents(nodes: readonly LayoutNode[], flows: readonly LayoutFlow[], direction: Direction): Pick<ElkNode, 'children' | 'edges'> {
  const left = new Set(flows.map((flow) => flow.from))
  // A name stands where no line leaves: beneath, and in a column beside what is not yet the end.
  const nameAt = (id: string): string => (direction === 'down' && left.has(id) ? 'OUTSIDE V_CENTER H_RIGHT' : 'OUTSIDE V_BOTTOM H_CENTER')
  return {
    children: nodes.filter((n) => n.attachedTo === undefined).map((node) => {
      const ports = nodes.filter((b) => b.attachedTo === node.id).map((b) => ({
        id: b.id, ...EVENT, layoutOptions: { 'elk.port.side': direction === 'down' ? 'EAST' : 'SOUTH', 'elk.port.borderOffset': '-18' },
      }))
      const inner = node.shape === 'subProcess' && node.children !== undefined && node.children.length > 0
      const below = node.shape === 'event' || node.shape === 'gateway'
      return {
        id: node.id,
        ...(inner ? contents(node.children, node.flows ?? [], direction) : size[node.shape === 'subProcess' ? 'task' : node.shape]),
        ...(below && node.name !== '' ? { labels: [{ id: `${node.id}\u0000label`, text: node.name, ...labelSize(node.name, 96) }] } : {}),
        ports,
        layoutOptions: {
          ...(inner ? { ...OPTIONS[direction], 'elk.padding': '[top=40,left=24,bottom=32,right=24]' } : {}),
          ...(ports.length > 0 ? { 'elk.portConstraints': 'FIXED_SIDE', 'elk.spacing.portPort': '16' } : {}),
          ...(below ? { 'elk.nodeLabels.placement': nameAt(node.id) } : {}),
        },
      }
    }),
    edges: flows.map((flow) => ({
      id: flow.id, sources: [flow.from], targets: [flow.to],
      ...(flow.name === '' ? {} : { labels: [{ id: `${flow.id}\u0000label`, text: flow.name, ...labelSize(flow.name, 120) }] }),
    })),
  }
}

function labelSize(text: string, most: number): { width: number; height: number } {
  const width = textWidth(text, 12)
  const lines = Math.ceil(width / most)
  return { width: Math.ceil(Math.min(width, most)) + 4, height: lines * 16 }
}

function collect(node: ElkNode, origin: Point, out: { boxes: Record<string, Box>; lines: Record<string, Point[]>; labels: Record<string, Box> }) {
  const box = (part: { x?: number; y?: number; width?: number; height?: number }, from: Point): Box =>
    ({ x: Math.round(from.x + (part.x ?? 0)), y: Math.round(from.y + (part.y ?? 0)), width: Math.round(part.width ?? 0), height: Math.round(part.height ?? 0) })
  for (const child of node.children ?? []) {
    const place = { x: origin.x + (child.x ?? 0), y: origin.y + (child.y ?? 0) }
    out.boxes[child.id] = box(child, origin)
    for (const label of child.labels ?? []) out.labels[child.id] = box(label, place)
    for (const port of child.ports ?? []) out.boxes[port.id] = box(port, place)
    collect(child, place, out)
  }
  for (const edge of node.edges ?? []) {
    const points: Point[] = []
    for (const section of edge.sections ?? []) {
      points.push(section.startPoint, ...(section.bendPoints ?? []), section.endPoint)
    }
    out.lines[edge.id] = points.map((p) => ({ x: Math.round(origin.x + p.x), y: Math.round(origin.y + p.y) }))
    for (const label of edge.labels ?? []) out.labels[edge.id] = box(label, origin)
  }
}
