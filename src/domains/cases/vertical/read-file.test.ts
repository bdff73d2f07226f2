import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../base/refusal.ts'
import { readStatusFile, type FoundLine } from './read-file.ts'

const HEADER = 'caseNo,externalNo,status,on,documentNo,reasons,certificateNo,validFrom,validTo,opinion'
const csv = (...lines: string[]) => Buffer.from([HEADER, ...lines].join('\r\n'))
const said = ({ line, read }: FoundLine): readonly [number, string] => [line, read instanceof Error ? read.code : read.status]
const refused = (bytes: Buffer): string => {
  try {
    readStatusFile(bytes)
    return 'read'
  } catch (error) {
    return (error as Refusal).code
  }
}
/** 办件编号,状态,日期,外部编号 / MT-2026-000001,已接收,2026/3/5,烟受1号 in GB 18030, as an office machine writes it. */
const GB = Buffer.from('b0ecbcfeb1e0bac52cd7b4ccac2cc8d5c6da2ccde2b2bfb1e0bac50d0a4d542d323032362d3030303030312cd2d1bdd3cad52c323032362f332f352cd1cccadc31bac50d0a', 'hex')

describe('a status file', () => {
  test('is read in UTF-8 with or without a mark, in GB 18030, and in JSON', () => {
    const line = 'MT-2026-000001,A-1,received,2026-03-05,,,,,,'
    for (const bytes of [csv(line), Buffer.concat([Buffer.from('efbbbf', 'hex'), csv(line)])]) {
      const file = readStatusFile(bytes)
      expect([file.encoding, file.format]).toEqual(['utf-8', 'csv'])
      expect(file.lines).toEqual([{ line: 2, caseNo: 'MT-2026-000001', read: { caseNo: 'MT-2026-000001', externalNo: 'A-1', status: 'received', on: '2026-03-05' } }])
    }
    const chinese = readStatusFile(GB)
    expect(chinese.encoding).toBe('gb18030')
    expect(chinese.lines[0]!.read).toEqual({ caseNo: 'MT-2026-000001', externalNo: '烟受1号', status: 'received', on: '2026-03-05' })
    const json = readStatusFile(Buffer.from('[{"caseNo":"mt-2026-000001","status":"inReview","on":"2026-03-06","opinion":null}]'))
    expect(json.lines).toEqual([{ line: 1, caseNo: 'mt-2026-000001', read: { caseNo: 'MT-2026-000001', status: 'inReview', on: '2026-03-06' } }])
  })
  test('may be separated by tabs, quoted over several lines, and hold empty lines', () => {
    const file = readStatusFile(Buffer.from('caseNo\tstatus\ton\treasons\nA-1\treturned\t2026-03-05\t"图纸\n不清"\n\nA-2\treceived\t2026-03-05\t\n'))
    expect(file.lines.map(said)).toEqual([[2, 'returned'], [5, 'received']])
    expect(file.lines[0]!.read).toMatchObject({ reasons: '图纸\n不清' })
  })
  test('as a whole is refused where nothing could be trusted in it', () => {
    expect(refused(Buffer.from('ff00fe'.repeat(9), 'hex'))).toBe('vertical/file-encoding')
    expect(refused(Buffer.from('\ufeffcaseNo,status,on', 'utf16le'))).toBe('vertical/file-encoding')
    expect(refused(Buffer.from('caseNo,status\nA,received'))).toBe('vertical/file-format')
    expect(refused(Buffer.from('caseNo,status,on,colour\nA,received,2026-03-05,red'))).toBe('vertical/file-format')
    expect(refused(Buffer.from('caseNo,status,on,on\nA,received,2026-03-05,2026-03-05'))).toBe('vertical/file-format')
    expect(refused(Buffer.from('caseNo,status,on\nA,"received,2026-03-05'))).toBe('vertical/file-format')
    expect(refused(Buffer.from('[{"caseNo": ]'))).toBe('vertical/file-format')
    expect(refused(Buffer.from('{"rows": []}'))).toBe('vertical/file-format')
    expect(refused(Buffer.from(HEADER))).toBe('vertical/file-empty')
    expect(refused(Buffer.from(`${HEADER}\n${'A,,received,2026-03-05\n'.repeat(5001)}`))).toBe('vertical/file-too-long')
  })
  test('says at each line what is wrong with it, and reads the others', () => {
    const file = readStatusFile(csv(
      'A-1,X,received,2026-03-05,,,,,,', ',X,received,2026-03-05,,,,,,', 'A-1,X,完成,2026-03-05,,,,,,', 'A-1,X,received,2026-02-30,,,,,,', 'A-1,X,received,5.3.2026,,,,,,',
      'A-1,X,decided-refused,2026-03-05,D-1,,,,,', 'A-1,X,decided-granted,2026-03-05,,,,,,', 'A-1,X,certificateIssued,2026-03-05,,,1.10102E+17,,,', 'A-1,X,returned,2026-03-05,,,,,,', 'A-1,X,received,2026-03-05,,,,,,,surplus', 'A-1,X,已受理,2026/3/6,,,,,,',
    ))
    expect(file.lines.map(said)).toEqual([
      [2, 'received'], [3, 'vertical/line-missing'], [4, 'vertical/line-malformed'], [5, 'vertical/line-malformed'], [6, 'vertical/line-malformed'], [7, 'vertical/line-missing'], [8, 'vertical/line-missing'],
      [9, 'vertical/number-mangled'], [10, 'vertical/line-missing'], [11, 'vertical/line-surplus'], [12, 'accepted'],
    ])
  })
  test('in JSON takes only texts under the names of the columns', () => {
    const { lines } = readStatusFile(Buffer.from(JSON.stringify({ lines: [1, { caseNo: 'A-1', status: 'received', on: '2026-03-05', colour: 'red' }, { caseNo: 7, status: 'received', on: '2026-03-05' }, { caseNo: 'A-1', status: 'received', on: '2026-03-05' }] })))
    expect(lines.map(said)).toEqual([[1, 'vertical/line-malformed'], [2, 'vertical/line-malformed'], [3, 'vertical/line-malformed'], [4, 'received']])
  })
})
