import type { PaperFacts } from '../queries.ts'

/** Prints papers. The same facts give the same bytes, so that a paper's hash can be kept. */
export interface PaperPress {
  /** The PDF of one paper; under a second, marked 演示 DEMO in a demo. */
  print(paper: PaperFacts): Promise<Buffer>
  close(): Promise<void>
}
