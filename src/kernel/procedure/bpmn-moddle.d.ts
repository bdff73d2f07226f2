/** What we use of bpmn-moddle, whose package names no types for its entry. */
declare module 'bpmn-moddle' {
  export interface ModdleElement {
    readonly $type: string
    readonly id?: string
    readonly $parent?: ModdleElement
    get(name: string): unknown
    $instanceOf?(type: string): boolean
  }
  export interface ParseResult {
    readonly rootElement: ModdleElement
    readonly warnings: readonly { readonly message: string }[]
  }
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>)
    fromXML(xml: string): Promise<ParseResult>
  }
}
