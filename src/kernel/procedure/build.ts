import type { Bilingual } from '../../base/text.ts'
import { layOut, type Diagram, type LayoutFlow, type LayoutNode } from './layout.ts'

/**
 * A procedure as its author states it; `buildBpmn` makes BPMN 2.0 XML with a laid-out diagram of it. Ids are XML names
 * (a letter first, then letters, digits, `-`, `_`, `.`) and unique across nodes and flows.
 */
export interface ProcedureDescription {
  readonly id: string
  readonly name: Bilingual
  /** Code of the service item the procedure is for. */
  readonly itemCode?: string
  readonly nodes: readonly NodeDescription[]
  readonly flows: readonly FlowDescription[]
}

export type NodeDescription =
  | { readonly kind: 'start'; readonly id: string; readonly name?: Bilingual }
  /** `terminate`: everything else that is live ends too. */
  | { readonly kind: 'end'; readonly id: string; readonly name?: Bilingual; readonly terminate?: boolean }
  | TaskDescription
  /** A split or a join. An inclusive join must be the one exit of the region that an inclusive split opens. */
  | { readonly kind: 'exclusive' | 'parallel' | 'inclusive' | 'eventBased'; readonly id: string; readonly name?: Bilingual; readonly maxRounds?: number }
  /** Waits for a time: `duration` is ISO 8601 (`P30D`); `until` names the fact that holds its last day. */
  | { readonly kind: 'timer'; readonly id: string; readonly name: Bilingual; readonly duration?: string; readonly until?: string; readonly suspensionGround?: string; readonly workingDays?: number; readonly acts?: readonly string[] }
  /** Waits for a message from outside. */
  | { readonly kind: 'message'; readonly id: string; readonly name: Bilingual; readonly acts?: readonly string[]; readonly applicantWait?: boolean; readonly suspensionGround?: string }
  /** On the edge of an activity; `interrupting` (default true) ends the activity. */
  | { readonly kind: 'boundaryTimer'; readonly id: string; readonly name: Bilingual; readonly attachedTo: string; readonly duration: string; readonly interrupting?: boolean }
  | { readonly kind: 'boundaryMessage'; readonly id: string; readonly name: Bilingual; readonly attachedTo: string; readonly interrupting?: boolean }
  | { readonly kind: 'boundaryError'; readonly id: string; readonly name: Bilingual; readonly attachedTo: string }
  | { readonly kind: 'subProcess'; readonly id: string; readonly name: Bilingual; readonly nodes: readonly NodeDescription[]; readonly flows: readonly FlowDescription[] }

/** A step somebody (or the system) does. The `mt:` attributes are those of `StepExtension`. */
export interface TaskDescription {
  readonly kind: 'user' | 'service' | 'manual' | 'businessRule' | 'send' | 'receive' | 'task' | 'callActivity'
  readonly id: string
  readonly name: Bilingual
  /** Role of the post, e.g. `reviewer`. */
  readonly post?: string
  /** `responsible` (default), `centre`, `co:<code>`. */
  readonly organisation?: string
  readonly acts?: readonly string[]
  readonly workingDays?: number
  readonly form?: string
  readonly suspensionGround?: string
  readonly applicantWait?: boolean
  readonly separateFrom?: readonly string[]
  readonly maxRounds?: number
  /** One instance per department and so on; counts as one step. */
  readonly multiInstance?: 'parallel' | 'sequential'
  /** callActivity: id of the procedure called. */
  readonly calls?: string
}

export interface FlowDescription {
  /** Default `from_to`. */
  readonly id?: string
  readonly from: string
  readonly to: string
  /** On a choice: the outcome's name, by which acts may choose the flow. */
  readonly name?: Bilingual
  /** FEEL over the matter's facts. */
  readonly condition?: string
  /** Taken when no other condition of the choice holds. */
  readonly default?: boolean
}

const ELEMENT = {
  user: 'userTask', service: 'serviceTask', manual: 'manualTask', businessRule: 'businessRuleTask', send: 'sendTask', receive: 'receiveTask',
  task: 'task', callActivity: 'callActivity', exclusive: 'exclusiveGateway', parallel: 'parallelGateway', inclusive: 'inclusiveGateway',
  eventBased: 'eventBasedGateway', timer: 'intermediateCatchEvent', message: 'intermediateCatchEvent', boundaryTimer: 'boundaryEvent',
  boundaryMessage: 'boundaryEvent', boundaryError: 'boundaryEvent', start: 'startEvent', end: 'endEvent', subProcess: 'subProcess',
} as const satisfies Record<NodeDescription['kind'], string>

/** BPMN 2.0 XML with diagram interchange. Throws an Error on a description that contradicts itself: it is its author's bug. */
export async function buildBpmn(description: ProcedureDescription): Promise<string> {
  const ids = new Set<string>([description.id])
  const prepared = prepare(description.nodes, description.flows, ids)
  const diagram = await layOut(prepared.map((p) => p.layout), flowsOf(description.flows))
  const body = content(description.nodes, description.flows, '    ')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:mt="https://mingtang.example/bpmn/1"'
      + ` id="definitions_${description.id}" targetNamespace="https://mingtang.example/procedures">`,
    `  <bpmn:process${attributes({ id: description.id, name: description.name.zh, isExecutable: 'true', 'mt:nameEn': description.name.en, 'mt:itemCode': description.itemCode })}>`,
    ...body,
    '  </bpmn:process>',
    `  <bpmndi:BPMNDiagram id="diagram_${description.id}">`,
    `    <bpmndi:BPMNPlane id="plane_${description.id}" bpmnElement="${description.id}">`,
    ...pictures(description.nodes, description.flows, diagram),
    '    </bpmndi:BPMNPlane>',
    '  </bpmndi:BPMNDiagram>',
    '</bpmn:definitions>',
    '',
  ].join('\n')
}

const flowId = (flow: FlowDescription) => flow.id ?? `${flow.from}_${flow.to}`
const flowsOf = (flows: readonly FlowDescription[]): LayoutFlow[] => flows.map((f) => ({ id: flowId(f), from: f.from, to: f.to, name: f.name?.zh ?? '' }))
const isBoundary = (node: NodeDescription): node is Extract<NodeDescription, { attachedTo: string }> => 'attachedTo' in node

function prepare(nodes: readonly NodeDescription[], flows: readonly FlowDescription[], ids: Set<string>): { layout: LayoutNode }[] {
  const own = new Set(nodes.map((n) => n.id))
  for (const id of [...nodes.map((n) => n.id), ...flows.map(flowId)]) {
    if (!/^[A-Za-z_][\w.-]*$/.test(id)) throw new Error(`not an XML name: ${id}`)
    if (ids.has(id)) throw new Error(`the id ${id} stands twice`)
    ids.add(id)
  }
  for (const flow of flows) for (const end of [flow.from, flow.to]) if (!own.has(end)) throw new Error(`flow ${flowId(flow)} names ${end}, which is not in the same process`)
  for (const node of nodes) if (isBoundary(node) && !own.has(node.attachedTo)) throw new Error(`${node.id} is attached to ${node.attachedTo}, which is not there`)
  return nodes.map((node) => ({
    layout: {
      id: node.id,
      name: node.name?.zh ?? '',
      shape: shapeOf(node),
      ...(isBoundary(node) ? { attachedTo: node.attachedTo } : {}),
      ...(node.kind === 'subProcess' ? { children: prepare(node.nodes, node.flows, ids).map((p) => p.layout), flows: flowsOf(node.flows) } : {}),
    },
  }))
}

function shapeOf(node: NodeDescription): LayoutNode['shape'] {
  if (node.kind === 'subProcess') return 'subProcess'
  const element = ELEMENT[node.kind]
  return element.endsWith('Event') ? 'event' : element.endsWith('Gateway') ? 'gateway' : 'task'
}

function content(nodes: readonly NodeDescription[], flows: readonly FlowDescription[], pad: string): string[] {
  const out: string[] = []
  for (const node of nodes) {
    const element = ELEMENT[node.kind]
    const defaults = flows.filter((f) => f.from === node.id && f.default === true)
    if (defaults.length > 1) throw new Error(`${node.id} has two default flows`)
    out.push(`${pad}<bpmn:${element}${attributes({
      id: node.id,
      name: node.name?.zh,
      default: defaults[0] && flowId(defaults[0]),
      ...(isBoundary(node) ? { attachedToRef: node.attachedTo, cancelActivity: 'interrupting' in node && node.interrupting === false ? 'false' : undefined } : {}),
      ...('calls' in node ? { calledElement: node.calls } : {}),
      'mt:nameEn': node.name?.en,
      ...extension(node),
    })}>`)
    for (const flow of flows) if (flow.to === node.id) out.push(`${pad}  <bpmn:incoming>${flowId(flow)}</bpmn:incoming>`)
    for (const flow of flows) if (flow.from === node.id) out.push(`${pad}  <bpmn:outgoing>${flowId(flow)}</bpmn:outgoing>`)
    out.push(...inside(node, `${pad}  `), `${pad}</bpmn:${element}>`)
  }
  for (const flow of flows) {
    const opening = `${pad}<bpmn:sequenceFlow${attributes({ id: flowId(flow), name: flow.name?.zh, sourceRef: flow.from, targetRef: flow.to, 'mt:nameEn': flow.name?.en })}`
    if (flow.condition === undefined) out.push(`${opening} />`)
    else out.push(`${opening}>`, `${pad}  <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escape(flow.condition)}</bpmn:conditionExpression>`, `${pad}</bpmn:sequenceFlow>`)
  }
  return out
}

function inside(node: NodeDescription, pad: string): string[] {
  switch (node.kind) {
    case 'end': return node.terminate === true ? [`${pad}<bpmn:terminateEventDefinition />`] : []
    case 'timer':
    case 'boundaryTimer': {
      const [element, value] = 'until' in node && node.until !== undefined ? ['timeDate', `= ${node.until}`] : ['timeDuration', node.duration ?? '']
      return [`${pad}<bpmn:timerEventDefinition>`, `${pad}  <bpmn:${element} xsi:type="bpmn:tFormalExpression">${escape(value)}</bpmn:${element}>`, `${pad}</bpmn:timerEventDefinition>`]
    }
    case 'message':
    case 'boundaryMessage': return [`${pad}<bpmn:messageEventDefinition />`]
    case 'boundaryError': return [`${pad}<bpmn:errorEventDefinition />`]
    case 'subProcess': return content(node.nodes, node.flows, pad)
    default:
      return 'multiInstance' in node && node.multiInstance !== undefined
        ? [`${pad}<bpmn:multiInstanceLoopCharacteristics isSequential="${node.multiInstance === 'sequential'}" />`]
        : []
  }
}

const EXTENSION = ['post', 'organisation', 'acts', 'workingDays', 'form', 'suspensionGround', 'applicantWait', 'separateFrom', 'maxRounds'] as const

function extension(node: NodeDescription): Record<string, string> {
  const out: Record<string, string> = {}
  const given = node as Partial<Record<(typeof EXTENSION)[number], unknown>>
  for (const name of EXTENSION) {
    const value = given[name]
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue
    out[`mt:${name}`] = Array.isArray(value) ? value.join(' ') : String(value)
  }
  return out
}

function pictures(nodes: readonly NodeDescription[], flows: readonly FlowDescription[], diagram: Diagram): string[] {
  const out: string[] = []
  const pad = '      '
  const bounds = (id: string, box: { x: number; y: number; width: number; height: number } | undefined) => {
    if (box === undefined) throw new Error(`no place was found for ${id}`)
    return `<dc:Bounds x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" />`
  }
  for (const node of nodes) {
    const label = diagram.labels[node.id]
    out.push(
      `${pad}<bpmndi:BPMNShape id="${node.id}_di" bpmnElement="${node.id}"${node.kind === 'subProcess' ? ' isExpanded="true"' : ''}${node.kind === 'exclusive' ? ' isMarkerVisible="true"' : ''}>`,
      `${pad}  ${bounds(node.id, diagram.boxes[node.id])}`,
      ...(label === undefined ? [] : [`${pad}  <bpmndi:BPMNLabel>${bounds(node.id, label)}</bpmndi:BPMNLabel>`]),
      `${pad}</bpmndi:BPMNShape>`,
    )
    if (node.kind === 'subProcess') out.push(...pictures(node.nodes, node.flows, diagram))
  }
  for (const flow of flows) {
    const id = flowId(flow)
    const label = diagram.labels[id]
    out.push(
      `${pad}<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">`,
      ...(diagram.lines[id] ?? []).map((p) => `${pad}  <di:waypoint x="${p.x}" y="${p.y}" />`),
      ...(label === undefined ? [] : [`${pad}  <bpmndi:BPMNLabel>${bounds(id, label)}</bpmndi:BPMNLabel>`]),
      `${pad}</bpmndi:BPMNEdge>`,
    )
  }
  return out
}

function attributes(pairs: Record<string, string | undefined>): string {
  return Object.entries(pairs).map(([name, value]) => (value === undefined || value === '' ? '' : ` ${name}="${escape(value)}"`)).join('')
}
const escape = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)
