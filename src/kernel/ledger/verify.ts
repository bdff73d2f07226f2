import { equalBytes, toBase64 } from '../../base/bytes.ts'
import { type Checkpoint, openCheckpoint, parseVerifierKey } from '../../base/signed-note.ts'
import { hashLeaf } from './hash.ts'
import { type LogSource, openLog } from './log-source.ts'
import { readLeaf, splitBundle } from './read-leaf.ts'
import { DueDays, type Silence } from './silence.ts'
import { tilePath, tilesOf } from './tile-path.ts'
import { TILE_WIDTH, TreeEdge } from './tree.ts'

export { verifyReceipt } from '../../base/receipt.ts'
export { mirrorLog } from './log-source.ts'

export type ProblemKind = 'fork' | 'key' | 'checkpoint' | 'signature' | 'origin' | 'missing' | 'bundle' | 'leaf' | 'sequence' | 'tile' | 'root'
/** `at`: the file or `entry N`. */
export interface LogProblem { readonly kind: ProblemKind; readonly at: string; readonly detail: string }

export interface LogReport {
  readonly origin: string
  readonly size: number
  /** base64. */
  readonly root: string
  /** Entries read and recomputed. */
  readonly checked: number
  readonly problems: readonly LogProblem[]
  /** Matters that were silent past a due day of theirs; only where `asOf` was given. */
  readonly silent?: readonly Silence[]
}

export interface VerifyOptions {
  /** Verifier key obtained elsewhere; without it the log's own `/key`, which proves only that the log agrees with itself. */
  readonly key?: string
  /** A checkpoint of this log seen earlier (the signed note): the log must begin with the tree it signs. */
  readonly seen?: string
  /** Civil day; also lists the matters whose due day passed before it without an act. */
  readonly asOf?: string
}

/**
 * Recomputes a whole log from its public files alone: the signature, every tile at every level, the root, every leaf's form and
 * the order of each matter's acts. Nothing here asks a database.
 */
export async function verifyLog(dirOrUrl: string | LogSource, options: VerifyOptions = {}): Promise<LogReport> {
  const source = typeof dirOrUrl === 'string' ? await openLog(dirOrUrl) : dirOrUrl
  const problems: LogProblem[] = []
  const problem = (kind: ProblemKind, at: string, detail: string) => void problems.push({ kind, at, detail })

  const head = await readHead(source, options, problem)
  if (!head) return { origin: '', size: 0, root: '', checked: 0, problems }
  const { origin, size, root } = head

  const { seen } = head
  if (seen && seen.size > size) problem('fork', 'the checkpoint seen', `had ${seen.size} entries; the log now has ${size}`)
  const edge = new TreeEdge()
  const compareSeen = () => {
    if (seen?.size === edge.size && !equalBytes(seen.root, edge.root())) problem('fork', 'the checkpoint seen', `signs another tree of ${seen.size} entries`)
  }
  compareSeen()
  /** Hashes of the tile being filled at each level, the leaves' at 0. */
  const filling: Buffer[][] = [[]]
  const lastSeq = new Map<string, number>()
  const dueDays = new DueDays()

  const closeTile = async (level: number, width: number, index: number) => {
    const path = tilePath(level, index, width)
    const found = await source(path)
    if (found === null) problem('missing', path, 'the file is not there')
    else if (!equalBytes(found, Buffer.concat(filling[level]!))) problem('tile', path, 'differs from what the entries give')
    filling[level] = []
  }

  let at = 0
  for (const bundle of tilesOf(size)) {
    if (bundle.level !== 'entries') continue
    const path = tilePath('entries', bundle.index, bundle.width)
    const bytes = await source(path)
    const entries = bytes && splitBundle(bytes, bundle.width)
    if (!entries) {
      if (bytes === null) problem('missing', path, 'the file is not there')
      else problem('bundle', path, `is not ${bundle.width} entries with their lengths`)
      // Without these entries no later hash can be recomputed; saying more would be guessing.
      return { origin, size, root: toBase64(root), checked: at, problems }
    }
    for (const entry of entries) {
      const leaf = readLeaf(entry)
      if ('wrong' in leaf) problem('leaf', `entry ${at}`, leaf.wrong)
      else {
        const before = lastSeq.get(leaf.ref)
        // A matter's first act may bear 0 or 1; from there on no number is left out or used twice.
        if (before === undefined ? leaf.seq > 1 : leaf.seq !== before + 1) problem('sequence', `entry ${at}`, `seq ${leaf.seq} of ${leaf.ref} follows ${before ?? 'nothing'}`)
        lastSeq.set(leaf.ref, leaf.seq)
        dueDays.see(leaf)
      }
      const hash = hashLeaf(entry)
      filling[0]!.push(hash)
      const complete = edge.append(hash)
      if (filling[0]!.length === TILE_WIDTH) await closeTile(0, TILE_WIDTH, bundle.index)
      for (const subtree of complete) {
        ;(filling[subtree.level] ??= []).push(subtree.hash)
        if (filling[subtree.level]!.length === TILE_WIDTH) await closeTile(subtree.level, TILE_WIDTH, Math.floor(subtree.index / TILE_WIDTH))
      }
      at += 1
      compareSeen()
    }
  }
  for (const [level, hashes] of filling.entries()) {
    if (hashes.length > 0) await closeTile(level, hashes.length, Math.floor(size / TILE_WIDTH ** (level + 1)))
  }
  if (!equalBytes(edge.root(), root)) problem('root', 'checkpoint', `the entries give ${edge.root().toString('base64')}`)
  return {
    origin, size, root: toBase64(root), checked: at, problems,
    ...(options.asOf === undefined ? {} : { silent: dueDays.passed(options.asOf) }),
  }
}

async function readHead(source: LogSource, { key: given, seen }: VerifyOptions, problem: (kind: ProblemKind, at: string, detail: string) => void): Promise<(Checkpoint & { readonly seen?: Checkpoint }) | undefined> {
  const note = await source('checkpoint')
  if (!note) return void problem('missing', 'checkpoint', 'the file is not there')
  const served = await source('key')
  const key = parseVerifierKey(given ?? (served ? Buffer.from(served).toString() : ''))
  if (!key) return void problem('key', given === undefined ? 'key' : 'the given key', 'is not an Ed25519 verifier key')
  // Bytes that are no UTF-8 become U+FFFD here, which no valid checkpoint holds, so they cannot pass.
  const opened = await openCheckpoint(Buffer.from(note).toString(), key)
  if ('checkpoint' in opened) {
    if (seen === undefined) return opened.checkpoint
    const earlier = await openCheckpoint(seen, key)
    if (!('checkpoint' in earlier)) return void problem(earlier.problem === 'malformed' ? 'checkpoint' : earlier.problem, 'the checkpoint seen', 'is not a checkpoint of this log signed by the key')
    return { ...opened.checkpoint, seen: earlier.checkpoint }
  }
  const detail = { malformed: 'is not a signed checkpoint', origin: `is not of the log ${key.name}`, signature: 'is not signed by the key' }[opened.problem]
  return void problem(opened.problem === 'malformed' ? 'checkpoint' : opened.problem, 'checkpoint', detail)
}
