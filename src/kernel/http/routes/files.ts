import { z } from 'zod'
import { contentDisposition } from '../../files/content-disposition.ts'
import { FILE_BYTES_MAX } from '../../files/disk-store.ts'
import { refuse } from '../../files/errors.ts'
import type { House } from '../../house.ts'
import { refuseInput } from '../errors.ts'
import { Bytes, route, type Route } from '../types.ts'
import { readUploads } from '../uploads.ts'

export function fileRoutes(house: House): readonly Route[] {
  return [
    route({
      method: 'POST', path: '/api/v1/files', guard: { signedIn: 'anyone' }, kind: 'api', rate: 'upload', status: 201, parseBody: false, summary: { zh: '上传文件', en: 'Upload a file' },
      handle: async ({ request, caller }) => {
        const { files } = await readUploads(request, { bytesMax: FILE_BYTES_MAX, filesMax: 1 }, (file) =>
          house.files.put(file.content, { name: file.name, uploadedBy: uploaderOf(caller), at: house.time.now() }))
        if (files.length !== 1) throw refuseInput('unparsable')
        const [stored] = files
        return { fileId: stored!.id, sha256: stored!.sha256, bytes: stored!.bytes, mediaType: stored!.mediaType, name: stored!.name }
      },
    }),
    route({
      // Before an act names it, a file is its uploader's alone.
      method: 'GET', path: '/api/v1/files/:fileId', guard: { signedIn: 'anyone' }, kind: 'stream', rate: 'read', summary: { zh: '本人上传的文件', en: 'A file one uploaded' }, params: z.object({ fileId: z.uuid() }),
      handle: async ({ params, caller }) => {
        const file = await house.files.get(params.fileId)
        if (file.uploadedBy !== uploaderOf(caller)) throw refuse('not-found', { fileId: params.fileId })
        const { content } = await house.files.open(params.fileId)
        return new Bytes(content, file.mediaType, { 'content-disposition': contentDisposition(file.name, 'inline'), 'content-security-policy': "sandbox; default-src 'none'" })
      },
    }),
  ]
}

const uploaderOf = (caller: { readonly kind: string }): string => ('accountId' in caller ? String(caller.accountId) : caller.kind)
