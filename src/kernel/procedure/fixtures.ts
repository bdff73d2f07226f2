/**
 * A BPMN file from a few lines, for tests. `nodes`: `id:element` (`a:userTask`), names equal ids; `flows`: `from>to`, with id
 * `from>to` written `from_to`, optionally `from>to [condition]`; `*` before a flow makes it the default.
 */
export function bpmn(nodes: string, flows: string, inside: Readonly<Record<string, string>> = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:mt="https://mingtang.example/bpmn/1" targetNamespace="t" id="definitions_"><process id="p" name="p">${scope(nodes, flows, inside)}</process></definitions>`
}

export function scope(nodes: string, flows: string, inside: Readonly<Record<string, string>> = {}): string {
  const drawn = flows.trim().split(/\s*;\s*/).filter((f) => f !== '').map((f) => {
    const [, star, from, to, condition] = /^(\*?)(\w+)>(\w+)(?: \[(.*)\])?$/.exec(f) as unknown as [string, string, string, string, string?]
    return { star: star === '*', from, to, id: `${from}_${to}`, condition }
  })
  const elements = nodes.trim().split(/\s+/).map((text) => {
    const [id, element, ...rest] = text.split(':') as [string, string, ...string[]]
    const byDefault = drawn.find((f) => f.star && f.from === id)
    const attributes = rest.map((a) => ` ${a.replace('~', ':').replace('=', '="')}"`).join('')
    return `<${element} id="${id}" name="${id}"${byDefault ? ` default="${byDefault.id}"` : ''}${attributes}>${inside[id] ?? ''}</${element}>`
  })
  const lines = drawn.map((f) => `<sequenceFlow id="${f.id}" name="${f.to}" sourceRef="${f.from}" targetRef="${f.to}">${f.condition === undefined ? '' : `<conditionExpression>${f.condition.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</conditionExpression>`}</sequenceFlow>`)
  return [...elements, ...lines].join('')
}
