import type { Language } from '../../base/text.ts'
import type { Net, NetFlow, NetNode } from './net.ts'
import type { Step } from './types.ts'

/** One step of the text alternative: what it is, how long it may take, and what can follow. */
export interface DescribedStep { readonly id: string; readonly name: string; readonly text: string }

/** The procedure as an ordered list, for readers who do not see the diagram and for print. */
export function describe(net: Net, language: Language): DescribedStep[] {
  const zh = language === 'zh'
  const word = ({ name: chinese, nameEn }: { readonly name: string; readonly nameEn: string }): string => (zh ? chinese : nameEn || chinese)
  const name = (id: string): string => word(net.nodes.get(id)!) || id
  return order(net).map((node) => {
    const step = net.steps.get(node.id)!
    const ways = follow(node)
    const said = ways.map((way) => {
      const when = way.by.map(word).filter((n) => n !== '').join(zh ? '、' : ', ')
      const to = way.to === null ? (zh ? '等待其他环节' : 'wait for the other steps') : net.steps.has(way.to.id) ? (zh ? `转“${name(way.to.id)}”` : `go to “${name(way.to.id)}”`) : zh ? `结束${way.to.name === '' ? '' : `（${way.to.name}）`}` : `end${word(way.to) === '' ? '' : ` (${word(way.to)})`}`
      return when === '' ? to : zh ? `${when}：${to}` : `${when}: ${to}`
    })
    const next = said.length === 0 ? '' : zh ? `。其后：${[...new Set(said)].join('；')}` : `. Then: ${[...new Set(said)].join('; ')}`
    return { id: node.id, name: name(node.id), text: `${name(node.id)}${notes(step, zh)}${next}${zh ? '。' : '.'}` }
  })
}

function notes(step: Step, zh: boolean): string {
  const { workingDays, applicantWait, suspensionGround } = step.extension
  if (applicantWait === true) return zh ? '（由申请人办理，不计入办理时限）' : ' (by the applicant; the clock stands still)'
  if (suspensionGround !== undefined) return zh ? '（依法中止，不计入办理时限）' : ' (lawful pause; the clock stands still)'
  return workingDays ? (zh ? `（${workingDays} 个工作日）` : ` (${workingDays} working day${workingDays === 1 ? '' : 's'})`) : ''
}

/** Steps as the procedure comes to them: reverse postorder from the start, so loops do not disturb it. */
function order(net: Net): NetNode[] {
  const seen = new Set<NetNode>()
  const post: NetNode[] = []
  const visit = (roots: readonly NetNode[]) => {
    const stack = [...roots].reverse().map((node) => ({ node, out: [...neighbours(node)].reverse() }))
    for (const frame of stack) if (seen.has(frame.node)) frame.out = []
    while (stack.length > 0) {
      const frame = stack.at(-1)!
      seen.add(frame.node)
      const next = frame.out.pop()
      if (next === undefined) { stack.pop(); if (!post.includes(frame.node)) post.push(frame.node) }
      else if (!seen.has(next)) stack.push({ node: next, out: [...neighbours(next)].reverse() })
    }
  }
  visit(net.starts)
  return post.reverse().filter((n) => net.steps.has(n.id))
}
const neighbours = (node: NetNode): NetNode[] => [...node.starts, ...[...node.outgoing].reverse().map((f) => f.target), ...node.boundaries, ...node.errorBoundaries]

interface Way { readonly by: readonly NetFlow[]; readonly to: NetNode | null }

/** What can come next, through gateways, with the named flows chosen on the way. */
function follow(from: NetNode): Way[] {
  const out: Way[] = []
  const seen = new Set<NetNode>()
  const walk = (node: NetNode, by: readonly NetFlow[]) => {
    for (const flow of node.outgoing) {
      const way = flow.name === '' ? by : [...by, flow]
      const to = flow.target
      if (to.kind === 'step' || to.kind === 'end' || to.kind === 'terminate' || to.kind === 'errorEnd') out.push({ by: way, to })
      else if (to.kind === 'sub') { for (const start of to.starts) if (!seen.has(start)) { seen.add(start); walk(start, way) } }
      else if (!seen.has(to)) { seen.add(to); walk(to, way) }
    }
  }
  walk(from, [])
  return out
}
