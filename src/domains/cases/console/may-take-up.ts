import type { Session } from '../../../kit/console/session.ts'
import type { TaskView } from '../contract.ts'

/** Whether taking a task up is offered: it lies with a post of hers. Who may do its work without that does it at once. */
export const mayTakeUp = (task: Pick<TaskView, 'role' | 'organisation'>, { posts }: Session['person']): boolean =>
  posts.some((post) => post.role === task.role && post.organisation.name.zh === task.organisation.zh)
