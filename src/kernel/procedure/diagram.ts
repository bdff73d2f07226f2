import type { ModdleElement } from 'bpmn-moddle'
import type { Scope } from './definition.ts'
import type { Box, Diagram, Point } from './layout.ts'

/**
 * Reads the diagram interchange of the one plane that shows the process: a file may hold a sheet for every collapsed
 * sub-process. Null unless every element of the process itself has a usable place.
 */
export function readDiagram(diagrams: readonly ModdleElement[], scope: Scope): Diagram | null {
  for (const diagram of diagrams) {
    const plane = diagram.get('plane') as ModdleElement | undefined
    if (!plane) continue
    const found = readPlane(list(plane, 'planeElement'))
    if (scope.nodes.every((n) => n.id in found.boxes) && scope.flows.every((f) => (found.lines[f.id]?.length ?? 0) >= 2)) return found
  }
  return null
}

function readPlane(elements: readonly ModdleElement[]): Diagram {
  const boxes: Record<string, Box> = {}
  const lines: Record<string, Point[]> = {}
  const labels: Record<string, Box> = {}
  for (const element of elements) {
    const id = (element.get('bpmnElement') as ModdleElement | undefined)?.id
    if (id === undefined) continue
    if (element.$type === 'bpmndi:BPMNShape') {
      const box = readBox(element.get('bounds') as ModdleElement | undefined)
      if (box) boxes[id] = box
    } else if (element.$type === 'bpmndi:BPMNEdge') {
      const points = list(element, 'waypoint').map((p) => ({ x: number(p, 'x'), y: number(p, 'y') }))
      if (points.every((p) => Number.isFinite(p.x) && Number.isFinite(p.y))) lines[id] = points
    }
    const label = readBox((element.get('label') as ModdleElement | undefined)?.get('bounds') as ModdleElement | undefined)
    if (label) labels[id] = label
  }
  return { boxes, lines, labels }
}

function readBox(bounds: ModdleElement | undefined): Box | null {
  if (!bounds) return null
  const box = { x: number(bounds, 'x'), y: number(bounds, 'y'), width: number(bounds, 'width'), height: number(bounds, 'height') }
  return Object.values(box).every((n) => Number.isFinite(n) && Math.abs(n) < 100_000) && box.width > 0 && box.height > 0 ? box : null
}
const number = (element: ModdleElement, name: string): number => { const value = element.get(name); return typeof value === 'number' ? value : Number.NaN }
const list = (element: ModdleElement, name: string): ModdleElement[] => { const value = element.get(name); return Array.isArray(value) ? (value as ModdleElement[]) : [] }
