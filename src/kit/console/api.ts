/** RFC 9457 as the server writes it; `console/offline` where no answer came at all. */
export interface Problem {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail?: string
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.title}`)
    this.name = 'ProblemError'
  }
}

export interface CallOptions {
  readonly body?: unknown
  /** Idempotency-Key: the same for every attempt at the same thing. */
  readonly key?: string
  readonly signal?: AbortSignal
  /** False for the sign-in itself: its 401 is an answer, not a lost session. */
  readonly recover?: boolean
}

type Recover = () => Promise<void>
let recoverSession: Recover | null = null
/** Called once at a time when a session turns out to be lost; resolves when somebody has signed in again. */
export const onSessionLost = (recover: Recover | null): void => { recoverSession = recover }

/** Calls the API with the session cookie. A lost session is found again and the call repeated, so that nothing typed is lost. */
export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options: CallOptions = {}): Promise<T> {
  const { body, key, signal, recover = true } = options
  const request = (): Promise<Response> => fetch(path, {
    method, credentials: 'same-origin', signal: signal ?? null,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(key === undefined ? {} : { 'idempotency-key': key }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const response = await (recover ? recovered(request) : answered(request))
  if (response.status === 204) return undefined as T
  if (!response.ok) throw new ProblemError(await problemOf(response))
  return await response.json() as T
}

/** A file of the API's, read whole. */
export async function getBlob(path: string): Promise<Blob> {
  const response = await recovered(() => fetch(path, { credentials: 'same-origin' }))
  if (!response.ok) throw new ProblemError(await problemOf(response))
  return response.blob()
}

async function recovered(request: () => Promise<Response>): Promise<Response> {
  let response = await answered(request)
  while (response.status === 401 && recoverSession !== null) {
    await recoverSession()
    response = await answered(request)
  }
  return response
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => call<T>('GET', path, signal === undefined ? {} : { signal })

async function answered(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError({ code: 'console/offline', status: 0, title: '' })
  }
}

export async function problemOf(response: { readonly status: number; json(): Promise<unknown> }): Promise<Problem> {
  const body = await response.json().catch(() => null) as Partial<Problem> | null
  return { title: '', ...body, status: response.status, code: body?.code ?? 'console/unreadable' }
}

export const asProblem = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : { code: 'console/failed', status: 0, title: error instanceof Error ? error.message : String(error) }

/** A random UUID that also works where the page is not served over https. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** One key for one content: sending the same again keeps it, changed content gets another. */
export class AttemptKey {
  #content: string | undefined
  #key = ''
  for(body: unknown): string {
    const content = JSON.stringify(body)
    if (content !== this.#content) [this.#content, this.#key] = [content, randomId()]
    return this.#key
  }
  /** After success: the same content again would be a new act. */
  renew(): void { this.#content = undefined }
}

export interface StoredFile { readonly fileId: string; readonly sha256: string; readonly bytes: number; readonly mediaType: string }

/** Sends one file, telling how much has gone; a lost session is found again and the file sent once more. */
export async function sendFile(file: File, onProgress: (share: number) => void): Promise<StoredFile> {
  const key = randomId()
  for (;;) {
    try {
      return await upload(file, key, onProgress)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status !== 401 || recoverSession === null) throw error
      await recoverSession()
    }
  }
}

/** XMLHttpRequest, because fetch knows no progress of uploads. */
function upload(file: File, key: string, onProgress: (share: number) => void): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file, file.name)
    request.open('POST', '/api/v1/files')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('idempotency-key', key)
    request.upload.addEventListener('progress', (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total) })
    request.addEventListener('error', () => reject(new ProblemError({ code: 'console/offline', status: 0, title: '' })))
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as StoredFile)
      else void problemOf({ status: request.status, json: async () => JSON.parse(request.responseText) as unknown }).then((problem) => reject(new ProblemError(problem)))
    })
    request.send(form)
  })
}
