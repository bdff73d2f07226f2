import type { PDFDocument } from '@cantoo/pdf-lib'
import type { StackPage } from './page-stack.ts'

/** Beyond this a browser at a counter takes too long; such a scan is handed in whole, or scanned again in two. */
export const PAGES_MAX = 300
export const BYTES_MAX = 80 * 1024 * 1024

/** One page of what was chosen: where it stands, and its picture where it is one. */
export interface SourcePage { readonly document: PDFDocument; readonly index: number; readonly picture: File | null }

/** Why a choice is not taken apart. `fields`: a form to be filled in, whose entries a cut could lose; `kind`: neither PDF nor picture. */
export type WhyWhole = 'encrypted' | 'signed' | 'fields' | 'damaged' | 'pages' | 'bytes' | 'kind'
export class NotCut extends Error {
  readonly why: WhyWhole
  readonly file: string
  constructor(why: WhyWhole, file: string) {
    super(`${file} is not taken apart: ${why}`)
    this.why = why
    this.file = file
  }
}

export const isPdf = (file: File): boolean => file.type === 'application/pdf' || /\.pdf$/i.test(file.name)
const isPicture = (file: File): boolean => file.type === 'image/jpeg' || file.type === 'image/png'

/** The pages of PDFs, JPEG and PNG pictures in the order chosen. Nothing of it leaves the browser. Refuses with `NotCut`. */
export async function openPages(files: readonly File[]): Promise<readonly SourcePage[]> {
  const strange = files.find((file) => !isPdf(file) && !isPicture(file))
  if (strange) throw new NotCut('kind', strange.name)
  if (files.reduce((sum, file) => sum + file.size, 0) > BYTES_MAX) throw new NotCut('bytes', files[0]!.name)
  const pages: SourcePage[] = []
  for (const file of files) {
    const document = isPdf(file) ? await openPdf(file) : await openPicture(file)
    for (const index of document.getPageIndices()) pages.push({ document, index, picture: isPdf(file) ? null : file })
    if (pages.length > PAGES_MAX) throw new NotCut('pages', file.name)
  }
  return pages
}

/** A PDF of these pages in this order, each turned as the stack says on top of how it stood. */
export async function cutPages(source: readonly SourcePage[], pages: readonly number[], turns: readonly Pick<StackPage, 'turn'>[]): Promise<Uint8Array<ArrayBuffer>> {
  const { PDFDocument, degrees } = await library()
  const part = await PDFDocument.create({ updateMetadata: false })
  // Together from one document, so that a font or a picture that its pages share is taken once.
  const copies = new Map<number, Awaited<ReturnType<typeof part.copyPages>>[number]>()
  for (const document of new Set(pages.map((page) => source[page]!.document))) {
    const own = pages.filter((page) => source[page]!.document === document)
    for (const [i, copy] of (await part.copyPages(document, own.map((page) => source[page]!.index))).entries()) copies.set(own[i]!, copy)
  }
  for (const page of pages) {
    const copy = copies.get(page)!
    const by = turns[page]?.turn ?? 0
    if (by !== 0) copy.setRotation(degrees((copy.getRotation().angle + by) % 360))
    part.addPage(copy)
  }
  return new Uint8Array(await part.save())
}

/** Some hundred kilobytes that only the splitting of a scan needs. */
const library = () => import('@cantoo/pdf-lib')

/** How far from its end a whole PDF says `%%EOF`; a transfer that broke off does not. */
const TAIL_BYTES = 1024

async function openPdf(file: File): Promise<PDFDocument> {
  const { PDFDocument, PDFName } = await library()
  const bytes = new Uint8Array(await file.arrayBuffer())
  const text = new TextDecoder('latin1').decode(bytes)
  if (!text.slice(-TAIL_BYTES).includes('%%EOF')) throw new NotCut('damaged', file.name)
  // The trailer is never encrypted, while a reader without the password may stumble over what it describes before it reads that.
  if (/\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(text)) throw new NotCut('encrypted', file.name)
  let document: PDFDocument
  let fields: number
  try {
    document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true })
    // A page whose content is named but not there would come out blank.
    if (document.getPages().some(({ node }) => node.has(PDFName.of('Contents')) && node.lookup(PDFName.of('Contents')) === undefined)) throw new Error('a page has lost its content')
    fields = document.catalog.getAcroForm()?.getAllFields().length ?? 0
  } catch {
    throw new NotCut('damaged', file.name)
  }
  // ISO 32000-1, 12.8.1: what a signature covers is said by places in the file, so its dictionary always stands there in the clear.
  if (text.includes('/ByteRange')) throw new NotCut('signed', file.name)
  if (fields > 0) throw new NotCut('fields', file.name)
  return document
}

/** A picture is a page of its own size at 150 dots per inch, its bytes as they were where it is a JPEG. */
const POINTS_PER_PIXEL = 72 / 150

async function openPicture(file: File): Promise<PDFDocument> {
  const { PDFDocument } = await library()
  const bytes = new Uint8Array(await file.arrayBuffer())
  const document = await PDFDocument.create({ updateMetadata: false })
  try {
    const picture = file.type === 'image/png' ? await document.embedPng(bytes) : await document.embedJpg(bytes)
    const { width, height } = picture.scale(POINTS_PER_PIXEL)
    document.addPage([width, height]).drawImage(picture, { width, height })
    await document.flush()
  } catch {
    throw new NotCut('damaged', file.name)
  }
  return document
}
