import type { Refusal } from '../../base/refusal.ts'
import { refuse } from './errors.ts'
import type { Presenting, Unpresented } from './presenting.ts'

/** The refusal of an application presented by the wrong account, at the entry where it is put right. */
export function notPresented({ why, path }: Unpresented, applicant: string, { acting, holder }: Presenting): Refusal {
  const say = (errors: Refusal['errors'] = []): Refusal =>
    why === 'applicant-not-you' ? refuse(why, { applicant, party: acting.name }, { errors }) : refuse(why, { party: why === 'agent-not-you' ? holder.name : acting.name }, { errors })
  const plain = say()
  return say([{ path, code: why, message: { zh: plain.in('zh'), en: plain.in('en') } }])
}
