import type { Language } from '../../base/text.ts'
import type { Definition, DefinitionFlow, DefinitionNode, Scope } from './definition.ts'
import { layOut, type Box, type Diagram, type Direction, type LayoutFlow, type LayoutNode, type Point } from './layout.ts'
import { drawNode, PALETTE } from './svg-shapes.ts'
import { escapeXml, round, textBlock, wrap } from './svg-text.ts'

export interface SvgOptions {
  readonly language: Language
  /** Ids of steps live now; marked by a flag and a heavy edge, not by colour alone. */
  readonly live: readonly string[]
  /** Ids of steps finished; marked by a tick. */
  readonly done?: readonly string[]
  readonly title: string
  /** Longer description; by default which steps are live. */
  readonly description?: string
  /** Makes ids unique where several diagrams stand on one page. */
  readonly idPrefix?: string
  /** `down`: from top to bottom, however it was drawn. */
  readonly direction?: Direction
}

const laid = new WeakMap<Definition, Diagram>()

/** The definition's own diagram, or one laid out once where the drawing has none. */
export async function diagramOf(definition: Definition): Promise<Diagram> {
  const known = definition.diagram ?? laid.get(definition)
  if (known) return known
  const made = await layOut(layoutNodes(definition.scope, 'zh'), layoutFlows(definition.scope, 'zh'))
  laid.set(definition, made)
  return made
}

const columns = { zh: new WeakMap<Definition, Diagram>(), en: new WeakMap<Definition, Diagram>() }

/** The drawing itself where it already runs downwards; else one laid out once, with the names of the language beside it. */
async function downwards(definition: Definition, language: Language): Promise<Diagram> {
  const known = columns[language].get(definition)
  if (known) return known
  const own = await diagramOf(definition)
  const made = isWide(own) ? await layOut(layoutNodes(definition.scope, language), layoutFlows(definition.scope, language), 'down') : own
  columns[language].set(definition, made)
  return made
}

function isWide({ boxes }: Diagram): boolean {
  const all = Object.values(boxes)
  return Math.max(...all.map((box) => box.x + box.width)) > Math.max(...all.map((box) => box.y + box.height))
}

const nameOf = (element: DefinitionNode | DefinitionFlow, language: Language): string => (language === 'en' ? element.nameEn || element.name : element.name)

/**
 * The procedure as SVG for guides and cases: no `style`, no script, colours as presentation attributes, classes (`pd-…`) for
 * themes, a title and a description for those who do not see it. `describe` gives the same as a list.
 */
export async function renderSvg(definition: Definition, options: SvgOptions): Promise<string> {
  const diagram = options.direction === 'down' ? await downwards(definition, options.language) : await diagramOf(definition)
  const nodes = visible(definition.scope, diagram)
  const flows = visibleFlows(definition.scope, diagram)
  const frame = extent(nodes.map((n) => diagram.boxes[n.id]!), flows.flatMap((f) => diagram.lines[f.id]!), [...nodes, ...flows].flatMap((e) => diagram.labels[e.id] ?? []), options.direction === 'down' ? 12 : 28)
  const [live, done] = [new Set(options.live), new Set(options.done ?? [])]
  const name = (element: DefinitionNode | DefinitionFlow) => nameOf(element, options.language)
  const hosts = new Set(nodes.map((n) => n.attachedTo))
  const prefix = escapeXml(options.idPrefix ?? `procedure-${definition.id}`)
  const say = options.description ?? describeLive(nodes.filter((n) => live.has(n.id)).map(name), options.language)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="pd" role="img" aria-labelledby="${prefix}-title ${prefix}-desc" viewBox="${frame.x} ${frame.y} ${frame.width} ${frame.height}" width="${frame.width}" height="${frame.height}" lang="${options.language === 'zh' ? 'zh-CN' : 'en'}" font-family="'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif">`,
    `<title id="${prefix}-title">${escapeXml(options.title)}</title>`,
    `<desc id="${prefix}-desc">${escapeXml(say)}</desc>`,
    ...nodes.filter((n) => isOpen(n, diagram)).map((n) => drawNode(n, diagram.boxes[n.id]!, { name: name(n), live: live.has(n.id), done: done.has(n.id), language: options.language, label: null, open: true, edged: false })),
    ...flows.map((f) => drawFlow(diagram.lines[f.id]!)),
    ...nodes.filter((n) => !isOpen(n, diagram)).map((n) => drawNode(n, diagram.boxes[n.id]!, { name: name(n), live: live.has(n.id), done: done.has(n.id), language: options.language, label: diagram.labels[n.id] ?? null, open: false, edged: hosts.has(n.id) })),
    ...flows.filter((f) => name(f) !== '').map((f) => drawFlowLabel(name(f), diagram.labels[f.id] ?? null, diagram.lines[f.id]!)),
    '</svg>',
  ].join('')
}

function describeLive(names: readonly string[], language: Language): string {
  if (names.length === 0) return language === 'zh' ? '流程图' : 'Procedure diagram'
  return language === 'zh' ? `当前环节：${names.join('、')}` : `Current step: ${names.join(', ')}`
}

const isOpen = (node: DefinitionNode, diagram: Diagram): boolean => node.inner !== null && node.inner.nodes.length > 0 && node.inner.nodes.every((n) => n.id in diagram.boxes)
const visible = (scope: Scope, diagram: Diagram): DefinitionNode[] => scope.nodes.flatMap((n) => [n, ...(isOpen(n, diagram) ? visible(n.inner!, diagram) : [])])
const visibleFlows = (scope: Scope, diagram: Diagram): DefinitionFlow[] =>
  [...scope.flows.filter((f) => (diagram.lines[f.id]?.length ?? 0) >= 2), ...scope.nodes.flatMap((n) => (isOpen(n, diagram) ? visibleFlows(n.inner!, diagram) : []))]

const layoutFlows = (scope: Scope, language: Language): LayoutFlow[] => scope.flows.map((flow) => ({ id: flow.id, from: flow.from, to: flow.to, name: nameOf(flow, language) }))

function layoutNodes(scope: Scope, language: Language): LayoutNode[] {
  return scope.nodes.map((node) => ({
    id: node.id, name: nameOf(node, language), shape: node.inner && node.inner.nodes.length > 0 ? 'subProcess' : node.type.endsWith('Event') ? 'event' : node.type.endsWith('Gateway') ? 'gateway' : 'task',
    ...(node.attachedTo === null ? {} : { attachedTo: node.attachedTo }),
    ...(node.inner ? { children: layoutNodes(node.inner, language), flows: layoutFlows(node.inner, language) } : {}),
  }))
}

/** Everything drawn, with so much room at both sides, and some for the flag above a live step and for labels below events. */
function extent(boxes: readonly Box[], points: readonly Point[], labels: readonly Box[], aside: number): Box {
  const all = [...boxes, ...labels]
  const xs = [...all.flatMap((b) => [b.x, b.x + b.width]), ...points.map((p) => p.x)]
  const ys = [...all.flatMap((b) => [b.y, b.y + b.height]), ...points.map((p) => p.y)]
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity)
  if (xs.length === 0) return { x: 0, y: 0, width: 10, height: 10 }
  const [x, y] = [Math.floor(least(xs)) - aside, Math.floor(least(ys)) - 40]
  return { x, y, width: Math.ceil(most(xs)) + aside - x, height: Math.ceil(most(ys)) + 36 - y }
}

function drawFlow(points: readonly Point[]): string {
  const end = points.at(-1)!
  const before = [...points].reverse().find((p) => Math.hypot(p.x - end.x, p.y - end.y) > 0.5) ?? points[0]!
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length]
  const at = (back: number, side: number) => `${round(end.x - dx * back - dy * side)},${round(end.y - dy * back + dx * side)}`
  const stop = { x: end.x - dx * 6, y: end.y - dy * 6 }
  return `<path class="pd-flow" d="${rounded([...points.slice(0, -1), stop])}" fill="none" stroke="${PALETTE.ink2}" stroke-width="1.4"/><polygon class="pd-arrow" points="${at(0, 0)} ${at(9, 4)} ${at(9, -4)}" fill="${PALETTE.ink2}"/>`
}

/** A polyline with its corners rounded by 6 px. */
function rounded(points: readonly Point[]): string {
  let d = `M${round(points[0]!.x)} ${round(points[0]!.y)}`
  for (let i = 1; i < points.length - 1; i += 1) {
    const [a, b, c] = [points[i - 1]!, points[i]!, points[i + 1]!]
    const [before, after] = [Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(c.x - b.x, c.y - b.y)]
    const r = Math.min(6, before / 2, after / 2)
    if (r < 0.5) { d += `L${round(b.x)} ${round(b.y)}`; continue }
    d += `L${round(b.x - ((b.x - a.x) / before) * r)} ${round(b.y - ((b.y - a.y) / before) * r)}Q${round(b.x)} ${round(b.y)} ${round(b.x + ((c.x - b.x) / after) * r)} ${round(b.y + ((c.y - b.y) / after) * r)}`
  }
  const last = points.at(-1)!
  return `${d}L${round(last.x)} ${round(last.y)}`
}

function drawFlowLabel(name: string, place: Box | null, points: readonly Point[]): string {
  const lines = wrap(name, Math.max(place?.width ?? 0, 110), 12, 3)
  const [a, b] = [points[0]!, points[1]!]
  const centre = place ? { x: place.x + place.width / 2, y: place.y + place.height / 2 } : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - (Math.abs(a.y - b.y) < 4 ? 10 : 0) }
  return textBlock(lines, centre.x, centre.y, 12, { className: 'pd-flow-label', fill: PALETTE.ink, halo: true })
}
