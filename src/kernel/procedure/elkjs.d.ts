/** The one entry of elkjs that runs without a worker; its own types describe another file. */
declare module 'elkjs/lib/elk.bundled.js' {
  import type { ElkNode } from 'elkjs/lib/elk-api.js'
  export default class Elk { layout(graph: ElkNode): Promise<ElkNode> }
}
