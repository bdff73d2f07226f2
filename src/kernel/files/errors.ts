import { refusals } from '../../base/refusal.ts'

/** Every "no" of uploads. */
export const refuse = refusals('files', {
  'too-large': { status: 413, zh: '文件超过 {megabytes} MB 的上限', en: 'The file is larger than {megabytes} MB' },
  'type-not-allowed': { status: 415, zh: '不能接收这种文件（{type}）；可以上传 PDF、图片（PNG、JPEG、WebP）、DOCX、XLSX、OFD、TXT 和 CSV', en: 'This kind of file ({type}) is not accepted; PDF, images (PNG, JPEG, WebP), DOCX, XLSX, OFD, TXT and CSV are' },
  'empty': { status: 422, zh: '文件是空的', en: 'The file is empty' },
  'truncated': { status: 422, zh: '文件没有传完，请重新上传', en: 'The file did not arrive whole; please upload it again' },
  'name-unusable': { status: 422, zh: '文件名不能为空，不能超过 255 字节，不能含有斜线和控制字符', en: 'A file name must not be empty, longer than 255 bytes, nor hold slashes or control characters' },
  'infected': { status: 422, zh: '查毒发现“{finding}”，文件未被接收', en: 'The virus scan found “{finding}”; the file was not accepted' },
  'not-found': { status: 404, zh: '没有查到文件 {fileId}', en: 'There is no file {fileId}' },
  'no-space': { status: 503, zh: '服务器暂时无法存放文件，请稍后再试', en: 'The server cannot store files at the moment; please try again later' },
})
