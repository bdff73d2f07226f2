import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import type { Definition, DefinitionFlow, DefinitionNode, Scope } from './definition.ts'
import { decodeXml } from './decode-xml.ts'
import { readDiagram } from './diagram.ts'
import { refuse } from './errors.ts'
import type { StepExtension } from './types.ts'

const NAMESPACE = 'https://mingtang.example/bpmn/1'
const attribute = (name: string) => ({ name, isAttr: true, type: 'String' })
const EXTENSION = {
  name: 'Mingtang', uri: NAMESPACE, prefix: 'mt', xml: { tagAlias: 'lowerCase' }, associations: [],
  types: [
    { name: 'Step', extends: ['bpmn:FlowNode'], properties: ['post', 'organisation', 'acts', 'workingDays', 'form', 'suspensionGround', 'applicantWait', 'separateFrom', 'maxRounds', 'nameEn'].map(attribute) },
    { name: 'Way', extends: ['bpmn:SequenceFlow'], properties: ['nameEn'].map(attribute) },
    { name: 'Process', extends: ['bpmn:Process'], properties: ['nameEn', 'itemCode'].map(attribute) },
  ],
}
/** Sub-processes within sub-processes, at most. */
const DEEPEST = 40

/**
 * Reads one process of a BPMN 2.0 file. `process` names it by id; without, the only process that has steps is taken.
 * Refuses with `procedure/not-bpmn` (and why), `procedure/which-process`, `procedure/no-such-process`, `procedure/bad-attribute`.
 */
export async function parseProcedure(file: string | Uint8Array, options: { readonly process?: string } = {}): Promise<Definition> {
  const root = await read(decodeXml(file))
  const processes = elements(root, 'rootElements').filter((e) => e.$type === 'bpmn:Process')
  const process = choose(processes, options.process)
  const seen = new Set<string>()
  const scope = readScope(process, seen, 0)
  return {
    id: process.id ?? 'process', name: text(process, 'name'), nameEn: text(process, 'mt:nameEn') || text(process, 'name'),
    itemCode: text(process, 'mt:itemCode') || null, scope, diagram: readDiagram(elements(root, 'diagrams'), scope),
  }
}

async function read(xml: string): Promise<ModdleElement> {
  let result
  try {
    result = await new BpmnModdle({ mt: EXTENSION }).fromXML(xml)
  } catch (error) {
    // Whatever the reader stumbles over is a fact about the file, which came from outside.
    throw refuse('not-bpmn', { detail: oneLine(error instanceof Error ? error.message : String(error)) })
  }
  const fatal = result.warnings.find((w) => /^(unparsable content|duplicate ID|illegal ID|unexpected)/i.test(w.message) && !/unknown type|unrecognized element/i.test(w.message))
  if (fatal) throw refuse('not-bpmn', { detail: oneLine(fatal.message) })
  if (result.rootElement.$type !== 'bpmn:Definitions') throw refuse('not-bpmn', { detail: `<${result.rootElement.$type}>` })
  return result.rootElement
}

const oneLine = (message: string) => message.replace(/\s+/g, ' ').trim().slice(0, 300)

function choose(processes: readonly ModdleElement[], wanted: string | undefined): ModdleElement {
  if (wanted !== undefined) {
    const found = processes.find((p) => p.id === wanted)
    if (!found) throw refuse('no-such-process', { process: wanted })
    return found
  }
  const withSteps = processes.filter((p) => elements(p, 'flowElements').some((e) => /(Task|CallActivity|SubProcess|Transaction)$/.test(e.$type)))
  const candidates = withSteps.length > 0 ? withSteps : processes.filter((p) => elements(p, 'flowElements').length > 0)
  if (candidates.length === 1) return candidates[0]!
  if (candidates.length === 0) throw refuse('not-bpmn', { detail: 'no process with steps' })
  throw refuse('which-process', { choices: candidates.map((p) => p.id ?? '?').join(', ') })
}

function readScope(container: ModdleElement, seen: Set<string>, depth: number): Scope {
  if (depth > DEEPEST) throw refuse('not-bpmn', { detail: `sub-processes nested deeper than ${DEEPEST}` })
  const all = elements(container, 'flowElements')
  const identify = (element: ModdleElement): string => {
    const id = element.id
    if (id === undefined || id === '') throw refuse('not-bpmn', { detail: `<${local(element)}> without an id` })
    // States are plain objects keyed by id: a step called `constructor` would find what every object inherits.
    if (id in {} || seen.has(id)) throw refuse('not-bpmn', { detail: `id ${id} stands twice or is reserved` })
    seen.add(id)
    return id
  }
  const nodes: DefinitionNode[] = []
  const drawn: ModdleElement[] = []
  for (const element of all) {
    if (element.$type === 'bpmn:SequenceFlow') drawn.push(element)
    else if (isFlowNode(element)) nodes.push(readNode(element, identify(element), seen, depth))
  }
  const here = new Set(nodes.map((n) => n.id))
  for (const node of nodes) {
    if (node.type === 'boundaryEvent' && (node.attachedTo === null || !here.has(node.attachedTo))) throw refuse('not-bpmn', { detail: `boundary event ${node.id} is attached to nothing` })
  }
  return { nodes, flows: drawn.map((flow) => readFlow(flow, identify(flow), here)) }
}

function isFlowNode(element: ModdleElement): boolean {
  return element.$instanceOf?.('bpmn:FlowNode') === true
}

function readNode(element: ModdleElement, id: string, seen: Set<string>, depth: number): DefinitionNode {
  const events = elements(element, 'eventDefinitions')
  const references = elements(element, 'eventDefinitionRef')
  const loop = element.get('loopCharacteristics') as ModdleElement | undefined
  const type = local(element)
  const oddities = [
    ...(loop && loop.$type === 'bpmn:StandardLoopCharacteristics' ? ['standardLoop'] : []),
    ...(element.get('triggeredByEvent') === true ? ['triggeredByEvent'] : []),
    ...(element.get('isForCompensation') === true ? ['compensation'] : []),
    ...(element.get('instantiate') === true ? ['instantiate'] : []),
    ...(element.get('eventGatewayType') === 'Parallel' ? ['parallelEventGateway'] : []),
    ...(events.length + references.length > 1 ? ['multipleEvents'] : []),
  ]
  const timer = events.find((e) => e.$type === 'bpmn:TimerEventDefinition')
  const error = events.find((e) => e.$type === 'bpmn:ErrorEventDefinition')?.get('errorRef') as ModdleElement | undefined
  const inner = ['subProcess', 'transaction', 'adHocSubProcess'].includes(type) ? readScope(element, seen, depth + 1) : null
  return {
    id, type, name: text(element, 'name'), nameEn: text(element, 'mt:nameEn') || text(element, 'name'), extension: readExtension(element, id),
    events: [...events, ...references].map(local), timer: timer ? readTimer(timer) : null,
    errorCode: error ? text(error, 'errorCode') || error.id || null : null,
    attachedTo: (element.get('attachedToRef') as ModdleElement | undefined)?.id ?? null,
    interrupting: element.get('cancelActivity') !== false, multiInstance: loop?.$type === 'bpmn:MultiInstanceLoopCharacteristics', oddities,
    defaultFlow: (element.get('default') as ModdleElement | undefined)?.id ?? null, inner,
  }
}

function readTimer(timer: ModdleElement): DefinitionNode['timer'] {
  for (const kind of ['timeDuration', 'timeDate', 'timeCycle'] as const) {
    const expression = timer.get(kind) as ModdleElement | undefined
    if (expression) return { kind, value: text(expression, 'body').trim() }
  }
  return null
}

function readFlow(flow: ModdleElement, id: string, here: ReadonlySet<string>): DefinitionFlow {
  const [from, to] = ['sourceRef', 'targetRef'].map((end) => (flow.get(end) as ModdleElement | undefined)?.id)
  if (from === undefined || to === undefined || !here.has(from) || !here.has(to)) throw refuse('not-bpmn', { detail: `sequence flow ${id} does not join two elements of one process` })
  const condition = flow.get('conditionExpression') as ModdleElement | undefined
  return {
    id, name: text(flow, 'name'), nameEn: text(flow, 'mt:nameEn') || text(flow, 'name'), from, to,
    condition: condition ? text(condition, 'body').trim().replace(/^=\s*(?!=)/, '') : null,
  }
}

function readExtension(element: ModdleElement, id: string): StepExtension {
  const given = (name: string) => { const value = text(element, `mt:${name}`).trim(); return value === '' ? undefined : value }
  const words = (name: string) => given(name)?.split(/\s+/) ?? []
  const whole = (name: string, least: number) => {
    const value = given(name)
    if (value === undefined) return undefined
    if (!/^\d{1,4}$/.test(value) || +value < least) throw refuse('bad-attribute', { element: id, attribute: `mt:${name}`, value })
    return +value
  }
  const wait = given('applicantWait')
  if (wait !== undefined && wait !== 'true' && wait !== 'false') throw refuse('bad-attribute', { element: id, attribute: 'mt:applicantWait', value: wait })
  const extension = {
    post: given('post'), organisation: given('organisation'), acts: words('acts'), workingDays: whole('workingDays', 0), form: given('form'),
    suspensionGround: given('suspensionGround'), applicantWait: wait === undefined ? undefined : wait === 'true', separateFrom: words('separateFrom'),
    maxRounds: whole('maxRounds', 1), nameEn: given('nameEn'),
  }
  return Object.fromEntries(Object.entries(extension).filter(([, value]) => value !== undefined)) as unknown as StepExtension
}

/** `bpmn:UserTask` → `userTask`. */
function local(element: ModdleElement): string {
  const name = element.$type.slice(element.$type.indexOf(':') + 1)
  return name.charAt(0).toLowerCase() + name.slice(1)
}
const text = (element: ModdleElement, name: string): string => { const value = element.get(name); return typeof value === 'string' ? value : '' }
const elements = (element: ModdleElement, name: string): ModdleElement[] => { const value = element.get(name); return Array.isArray(value) ? (value as ModdleElement[]) : [] }
