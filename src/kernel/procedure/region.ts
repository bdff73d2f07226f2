import type { NetNode } from './net.ts'

/** Where a node may hand its token on: along its flows, over its edge, into and out of an embedded sub-process. */
const next = (node: NetNode): NetNode[] => [...node.outgoing.map((f) => f.target), ...node.boundaries, ...node.errorBoundaries]
const before = (node: NetNode): NetNode[] => [...node.incoming.map((f) => f.source), ...(node.host ? [node.host] : [])]

/**
 * The region an inclusive join closes: single entry (an inclusive split), single exit (the join). Its nodes, those inside
 * sub-processes too; null where there is no such region and the join could not know for whom to wait.
 */
export function inclusiveRegion(join: NetNode, all: ReadonlyMap<string, NetNode>): ReadonlySet<string> | null {
  let best: Set<NetNode> | null = null
  for (const split of all.values()) {
    if (split.kind !== 'or' || split === join || split.outgoing.length < 2 || split.parent !== join.parent) continue
    const region = between(split, join)
    if (region && (best === null || region.size < best.size)) best = region
  }
  if (best === null) return null
  const ids = new Set([...best].map((n) => n.id))
  for (const node of all.values()) for (let p = node.parent; p !== null; p = p.parent) if (best.has(p)) ids.add(node.id)
  return ids
}

function between(split: NetNode, join: NetNode): Set<NetNode> | null {
  const region = new Set<NetNode>()
  const open = next(split)
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === join || region.has(node)) continue
    if (node === split || next(node).length === 0) return null
    region.add(node)
    open.push(...next(node))
  }
  const within = (node: NetNode) => node === split || region.has(node)
  for (const node of region) if (!before(node).every(within)) return null
  return before(join).every(within) ? region : null
}
