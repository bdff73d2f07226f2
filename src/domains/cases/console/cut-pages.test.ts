import { decodePDFRawStream, PDFArray, PDFDocument, PDFName, PDFRawStream, type PDFPage } from '@cantoo/pdf-lib'
import { describe, expect, test } from 'vitest'
import { BYTES_MAX, cutPages, NotCut, openPages } from './cut-pages.ts'

const PIXEL = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='), (char) => char.charCodeAt(0))

/** A scan whose page n says `page n`, changed by `also` before it is written. */
async function scan(pages: number, also: (document: PDFDocument) => void = () => undefined, name = 'scan.pdf'): Promise<File> {
  const document = await PDFDocument.create()
  for (let n = 1; n <= pages; n += 1) document.addPage([200, 300]).drawText(`page ${n}`, { x: 20, y: 200 })
  also(document)
  return new File([new Uint8Array(await document.save())], name, { type: 'application/pdf' })
}
async function cut(file: File | readonly File[], pages: readonly number[], turns: readonly (0 | 90 | 180 | 270)[] = []): Promise<PDFDocument> {
  return await PDFDocument.load(await cutPages(await openPages([file].flat() as File[]), pages, turns.map((turn) => ({ turn }))))
}
/** What is drawn on a page as text. */
function textOf(page: PDFPage): string {
  const contents = page.node.lookup(PDFName.of('Contents'))
  const streams = contents instanceof PDFArray ? Array.from({ length: contents.size() }, (_, i) => contents.lookup(i, PDFRawStream)) : [contents as PDFRawStream]
  const drawn = streams.map((stream) => new TextDecoder('latin1').decode(decodePDFRawStream(stream).decode())).join('\n')
  return [...drawn.matchAll(/<([0-9A-F]+)> Tj/g)].map(([, hex]) => hex!.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)))).join('')
}
const texts = (document: PDFDocument): string[] => document.getPages().map(textOf)
const whyNot = async (...files: File[]): Promise<string> => {
  try {
    return `${(await openPages(files)).length} pages`
  } catch (error) {
    if (!(error instanceof NotCut)) throw error
    return error.why
  }
}

describe('cutting a scan into the files of its materials', () => {
  test('each part has its own pages and no others, in the order of the scan', async () => {
    const file = await scan(5)
    expect(texts(await cut(file, [0, 1, 2]))).toEqual(['page 1', 'page 2', 'page 3'])
    expect(texts(await cut(file, [3]))).toEqual(['page 4'])
  })

  test('pages that do not stand together come in order', async () => {
    expect(texts(await cut(await scan(5), [0, 2, 4]))).toEqual(['page 1', 'page 3', 'page 5'])
  })

  test('a page is turned on top of how it stood', async () => {
    const document = await cut(await scan(3), [0, 1, 2], [0, 90, 270])
    expect(document.getPages().map((page) => page.getRotation().angle)).toEqual([0, 90, 270])
    const again = new File([new Uint8Array(await document.save())], 'again.pdf', { type: 'application/pdf' })
    expect((await cut(again, [1, 2], [0, 90, 180])).getPages().map((page) => page.getRotation().angle)).toEqual([180, 90])
  })

  test('the same cut gives the same bytes', async () => {
    const pages = await openPages([await scan(3)])
    expect(await cutPages(pages, [0, 2], [])).toEqual(await cutPages(pages, [0, 2], []))
  })

  test('several files are one stack: a picture is a page, and a part may hold pages of both', async () => {
    const picture = new File([PIXEL], 'card.png', { type: 'image/png' })
    const files = [await scan(2), picture, await scan(1, undefined, 'more.pdf')]
    expect((await openPages(files)).map((page) => page.picture?.name ?? null)).toEqual([null, null, 'card.png', null])
    expect(texts(await cut(files, [1, 2, 3])).map((text) => text || 'picture')).toEqual(['page 2', 'picture', 'page 1'])
  })
})

describe('what is not taken apart, and why', () => {
  test('a PDF with a password', async () => {
    expect(await whyNot(await scan(3, (document) => document.encrypt({ userPassword: 'u', ownerPassword: 'o' })))).toBe('encrypted')
    expect(await whyNot(await scan(3, (document) => document.encrypt({ userPassword: 'u' })))).toBe('encrypted')
    // Open to every reader, but locked against changes: also the owner's no.
    expect(await whyNot(await scan(3, (document) => document.encrypt({ ownerPassword: 'o' })))).toBe('encrypted')
  })

  test('a signed PDF, whose signature a cut would break', async () => {
    const file = await scan(3)
    const text = new TextDecoder('latin1').decode(await file.arrayBuffer())
    expect(text).not.toContain('/ByteRange')
    // As signing software writes it: a revision appended to the file, its dictionary in the clear.
    const start = /startxref\s+(\d+)/.exec(text)![1]!
    const at = text.length
    const signature = `900 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 30]/Contents<00>>>\nendobj\n`
    const root = /\/Root (\d+ \d+ R)/.exec(text)![1]!
    const appended = `${signature}xref\n900 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<</Size 901/Root ${root}/Prev ${start}>>\nstartxref\n${at + signature.length}\n%%EOF\n`
    expect(await whyNot(new File([await file.arrayBuffer(), appended], 'signed.pdf', { type: 'application/pdf' }))).toBe('signed')
  })

  test('a form with fields, whose entries a cut could lose', async () => {
    expect(await whyNot(await scan(2, (document) => document.getForm().createTextField('name').addToPage(document.getPage(0))))).toBe('fields')
  })

  test('a PDF that broke off, that is none, or whose page has lost its content', async () => {
    const bytes = new Uint8Array(await (await scan(4)).arrayBuffer())
    expect(await whyNot(new File([bytes.slice(0, bytes.length - 100)], 'broken.pdf', { type: 'application/pdf' }))).toBe('damaged')
    expect(await whyNot(new File(['no PDF at all %%EOF'], 'not.pdf', { type: 'application/pdf' }))).toBe('damaged')
    expect(await whyNot(await scan(2, (document) => document.getPage(1).node.set(PDFName.of('Contents'), document.context.nextRef())))).toBe('damaged')
    expect(await whyNot(new File(['no picture'], 'a.png', { type: 'image/png' }), await scan(1))).toBe('damaged')
  })

  test('too many pages, too many bytes, and what is neither PDF nor picture', async () => {
    expect(await whyNot(await scan(300))).toBe('300 pages')
    expect(await whyNot(await scan(301))).toBe('pages')
    expect(await whyNot(new File([new Uint8Array(BYTES_MAX + 1)], 'large.pdf', { type: 'application/pdf' }))).toBe('bytes')
    expect(await whyNot(await scan(1), new File(['x'], 'letter.docx'))).toBe('kind')
  })
})
