import { DEMO_PASSWORD, house } from './browser.ts'

export interface OfficerSession {
  /** Reads the case for its revision and does one act on it; answers the case as it stands then. */
  act(caseNo: string, act: string, input?: Record<string, unknown>): Promise<Record<string, unknown>>
  get(path: string): Promise<Record<string, unknown>>
  post(path: string, body: unknown): Promise<Record<string, unknown>>
}

/** An officer at work over the API, for journeys that need the other side of the counter. */
export async function officer(username: string): Promise<OfficerSession> {
  const call = async (method: string, path: string, token: string | null, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${house.url}${path}`, {
      method, headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${username}: ${method} ${path} ${JSON.stringify(body ?? null)} → ${response.status} ${text.slice(0, 800)}`)
    return JSON.parse(text) as Record<string, unknown>
  }
  const { token } = await call('POST', '/api/v1/sessions', null, { username, password: DEMO_PASSWORD }) as { token: string }
  return {
    get: (path) => call('GET', path, token),
    post: (path, body) => call('POST', path, token, body),
    act: async (caseNo, act, input = {}) => {
      const { revision } = await call('GET', `/api/v1/cases/${caseNo}`, token) as { revision: number }
      return call('POST', `/api/v1/cases/${caseNo}/acts`, token, { act, revision, input })
    },
  }
}
