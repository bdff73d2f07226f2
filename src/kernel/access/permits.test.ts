import { expect, test } from 'vitest'
import type { Authorisation, HeldPost } from '../org/types.ts'
import { ROLES } from '../org/roles.ts'
import { permits, separated } from './permits.ts'
import type { Officer } from './types.ts'

const name = { zh: '', en: '' }
const post = (role: string, organisationId: string, more: Partial<HeldPost> = {}): HeldPost => {
  const { permissions, underAuthorisation = [] } = ROLES.find((one) => one.code === role)!
  return { postId: `${role}@${organisationId}`, code: role, name, role, organisationId, organisationCode: '', organisationName: name, organisationKind: 'department', cover: 'A', permissions, underAuthorisation, ...more }
}
const officer = (posts: readonly HeldPost[], authorisations: readonly Authorisation[] = []): Officer =>
  ({ kind: 'officer', accountId: 'x', sessionId: 'x', personId: 'me', name: '', posts, authorisations, permissions: [] })
const given = (more: Partial<Authorisation>): Authorisation =>
  ({ id: 'z', kind: 'entrustment', fromOrganisationId: 'housing', toOrganisationId: 'centre', toPersonId: null, items: ['X1'], acts: ['cases.accept'], version: 3, ...more })
const here = { scope: 'responsible', organisationId: 'housing', itemCode: 'X1', act: 'cases.accept' } as const

test('an officer acts in her own organisation, not in another', () => {
  const reviewer = officer([post('reviewer', 'housing')])
  expect(permits(reviewer, 'cases.review', here)).toMatchObject({ post: { postId: 'reviewer@housing' }, onBehalf: null })
  expect(permits(reviewer, 'cases.review', { ...here, organisationId: 'police' })).toBeNull()
  expect(permits(reviewer, 'cases.accept', here)).toBeNull()
})

test('any: from whatever post has the permission; an A post comes before a B post', () => {
  const both = officer([post('reviewer', 'police', { cover: 'B' }), post('reviewer', 'housing')])
  expect(permits(both, 'cases.review', { scope: 'any' })?.post.postId).toBe('reviewer@housing')
  expect(permits(officer([post('reviewer', 'police', { cover: 'B' })]), 'cases.review', { scope: 'any' })?.post.cover).toBe('B')
})

test('the centre’s clerk accepts in the department’s name under the entrustment: listed items and acts only', () => {
  const clerk = officer([post('clerk', 'centre')], [given({})])
  expect(permits(clerk, 'cases.accept', here)).toMatchObject({ post: { postId: 'clerk@centre' }, onBehalf: { authorisationId: 'z', kind: 'entrustment', fromOrganisationId: 'housing', version: 3 } })
  expect(permits(clerk, 'cases.accept', { ...here, itemCode: 'X2' })).toBeNull()
  expect(permits(clerk, 'cases.accept', { ...here, itemCode: undefined })).toBeNull()
  expect(permits(clerk, 'cases.accept', { ...here, act: 'cases.refuse' })).toBeNull()
  expect(permits(clerk, 'cases.accept', { ...here, organisationId: 'police' })).toBeNull()
  expect(permits(officer([post('clerk', 'centre')]), 'cases.accept', here)).toBeNull()
})

test('an entrustment gives no more than the receiver’s post has, and only from a post in the receiving organisation', () => {
  expect(permits(officer([post('clerk', 'centre')], [given({ acts: ['cases.decide'] })]), 'cases.decide', { ...here, act: 'cases.decide' })).toBeNull()
  expect(permits(officer([post('clerk', 'subdistrict')], [given({})]), 'cases.accept', here)).toBeNull()
  expect(permits(officer([post('clerk', 'centre')], [given({ items: [] })]), 'cases.accept', { ...here, itemCode: 'anything' })).not.toBeNull()
})

test('a chief representative decides only within the written power, even in her own department', () => {
  const decide = { ...here, act: 'cases.decide' }
  const power = given({ kind: 'chiefRepresentative', toOrganisationId: null, toPersonId: 'me', acts: ['cases.decide'] })
  const chief = officer([post('chief', 'housing')], [power])
  expect(permits(chief, 'cases.decide', decide)).toMatchObject({ post: { postId: 'chief@housing' }, onBehalf: { kind: 'chiefRepresentative' } })
  expect(permits(chief, 'cases.decide', { ...decide, itemCode: 'X2' })).toBeNull()
  expect(permits(officer([post('chief', 'housing')]), 'cases.decide', decide)).toBeNull()
  expect(permits(officer([post('chief', 'housing')], [{ ...power, toPersonId: 'somebody' }]), 'cases.decide', decide)).toBeNull()
  expect(permits(chief, 'cases.read', here)).toMatchObject({ onBehalf: null })
  expect(permits(officer([post('head', 'housing')]), 'cases.decide', decide)).toMatchObject({ onBehalf: null })
})

test('nobody signed in and no applicant has an officer’s permission', () => {
  expect(permits({ kind: 'anonymous' }, 'cases.read', { scope: 'any' })).toBeNull()
  expect(permits({ kind: 'applicant', accountId: 'x', sessionId: 'x', name: '', partyId: 'p', permissions: ['cases.apply'] }, 'cases.apply', { scope: 'any' })).toBeNull()
})

test('separation of duties: whoever did an earlier act may not do this one; the system is nobody', () => {
  expect(separated('me', ['her', null])).toBe(true)
  expect(separated('me', ['her', 'me'])).toBe(false)
  expect(separated(null, [null])).toBe(true)
})

test('acceptance, review, decision and supervision lie in different roles; the administrators share nothing that changes anything', () => {
  const withPermission = (code: string) => ROLES.filter((role) => (role.permissions as readonly string[]).includes(code)).map((role) => role.code)
  expect(withPermission('cases.accept')).toEqual(['clerk'])
  expect(withPermission('cases.review')).toEqual(['reviewer'])
  expect(withPermission('cases.decide')).toEqual(['chief', 'head'])
  expect(withPermission('cases.readAll')).toEqual(['leader', 'inspector', 'appraiser'])
  expect(withPermission('org.manage')).toEqual(['sysadmin'])
  expect(withPermission('access.manage')).toEqual(['secadmin'])
  expect(withPermission('access.audit')).toEqual(['auditadmin'])
  expect(ROLES.find((role) => role.code === 'auditadmin')!.permissions).toEqual(['org.read', 'access.audit'])
})
