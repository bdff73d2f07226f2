import type { Caller } from '../../kernel/access/types.ts'
import type { House } from '../../kernel/house.ts'

/** An officer's reading of somebody's data is recorded and shown to that somebody. */
export function recordRead(house: House, caller: Caller, partyIds: readonly string[], matterId: string | null, part: string, reason: string, organisationId?: string): void {
  if (caller.kind !== 'officer' || partyIds.length === 0) return
  // The post in the matter's own organisation, where she holds one: that is why she may read it.
  const post = caller.posts.find((one) => one.organisationId === organisationId) ?? caller.posts[0]
  house.reads.record({ at: house.time.now(), officer: caller, post: post ? { postId: post.postId, organisationId: post.organisationId } : null, partyIds: [...new Set(partyIds)], matterId, part, reason })
}
