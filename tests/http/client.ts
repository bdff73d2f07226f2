import type { CaseView, FiledView } from '../../src/domains/cases/contract.ts'

/** What a test reads of an answer. */
export interface Answer<T> { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: T }

/** Any JSON object; `code`, `title` and `errors` are those of a problem (RFC 9457). */
export interface Document { readonly code?: string; readonly title?: string; readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[]; readonly [member: string]: unknown }

export interface Call {
  /** An account of the demo; its session is opened on first use. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it stands instead of JSON. */
  readonly raw?: RequestInit['body']
}

export interface Client {
  readonly url: string
  /** A bearer token of this account, one per account. */
  signIn(username: string): Promise<string>
  /** Sessions end where the time is moved on; the next call signs in anew. */
  forget(): void
  api<T = Document>(method: string, path: string, body?: unknown, call?: Call): Promise<Answer<T>>
  /** Uploads these bytes as one file and gives its id. */
  upload(as: string, bytes?: Buffer, name?: string): Promise<string>
  /** Files an application; 201 is demanded. */
  file(as: string, application: object): Promise<FiledView>
  /** Does one act at the revision given; 200 is demanded. */
  act(as: string, of: { readonly caseNo: string; readonly revision: number }, act: string, input?: object): Promise<CaseView & { readonly receipt: FiledView['receipt']; readonly result?: Document }>
}

export const PASSWORD = 'mingtang-demo'
/** The smallest file that is a PDF by its content. */
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

export function client(url: string): Client {
  const tokens = new Map<string, Promise<string>>()
  const api = async <T,>(method: string, path: string, body?: unknown, { as, headers = {}, raw }: Call = {}): Promise<Answer<T>> => {
    const response = await fetch(`${url}${path}`, {
      method, redirect: 'manual',
      headers: { ...(as === undefined ? {} : { authorization: `Bearer ${await signIn(as)}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(raw === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: raw }), ...(raw instanceof ReadableStream ? { duplex: 'half' as const } : {}),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, get body() { return JSON.parse(text) as T } }
  }
  const open = async (username: string): Promise<string> => {
    const signed = await api<{ token: string }>('POST', '/api/v1/sessions', { username, password: PASSWORD })
    if (signed.status !== 201) throw new Error(`${username} cannot sign in: ${signed.text}`)
    return signed.body.token
  }
  const signIn = (username: string): Promise<string> => {
    if (!tokens.has(username)) tokens.set(username, open(username))
    return tokens.get(username)!
  }
  const demanded = <T,>(status: number, what: string, answer: Answer<T>): T => {
    if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.text}`)
    return answer.body
  }
  return {
    url, api, signIn, forget: () => tokens.clear(),
    upload: async (as, bytes = PDF, name = '材料.pdf') => {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(bytes)]), name)
      return demanded(201, `upload by ${as}`, await api<{ fileId: string }>('POST', '/api/v1/files', undefined, { as, raw: form })).fileId
    },
    file: async (as, application) => demanded(201, `${as} files`, await api<FiledView>('POST', '/api/v1/cases', application, { as })),
    act: async (as, { caseNo, revision }, act, input = {}) => demanded(200, `${as} ${act}`, await api('POST', `/api/v1/cases/${caseNo}/acts`, { act, revision, input }, { as })),
  }
}
