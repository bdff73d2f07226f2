import { createContext, useContext } from 'react'
import type { Bilingual } from '../../base/text.ts'

/** `GET /api/v1/sessions/current`. */
export interface Session {
  readonly person: {
    readonly kind: 'officer' | 'applicant'
    readonly id?: string
    readonly name: string
    readonly posts: readonly { readonly id: string; readonly code: string; readonly name: Bilingual; readonly role: string; readonly cover: 'A' | 'B'; readonly organisation: { readonly id: string; readonly code: string; readonly name: Bilingual } }[]
  }
  readonly permissions: readonly string[]
  readonly demo?: boolean
}

export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('a screen is shown without a session')
  return session
}

/** Whether any of the permissions is held; the server judges again, here nothing is drawn that would be refused. */
export function useMay(): (...permissions: readonly string[]) => boolean {
  const { permissions } = useSession()
  return (...wanted) => wanted.some((one) => permissions.includes(one))
}
