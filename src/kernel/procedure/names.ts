import type { Language } from '../../base/text.ts'
import type { Definition, DefinitionNode, Scope } from './definition.ts'

/**
 * Says what a report speaks of (a step's label or an element's id) by its name in a language; what has no name there keeps the words
 * it came with. The labels themselves stay as they are: `procedure run --choose` and published reports know only them.
 */
export function namesIn(definition: Definition, language: Language): (label: string) => string {
  const nodes = within(definition.scope)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const byName = new Map(nodes.map((node) => [oneLine(node.name), node]))
  return (label) => {
    const node = byId.get(label) ?? byName.get(label)
    if (node === undefined) return label
    return oneLine(language === 'en' ? node.nameEn || node.name : node.name) || label
  }
}

/** A name as it stands in a line, whatever breaks the drawing gave it. */
export const oneLine = (name: string): string => name.replace(/\s+/g, ' ').trim()

const within = (scope: Scope): DefinitionNode[] => scope.nodes.flatMap((node) => [node, ...(node.inner ? within(node.inner) : [])])
