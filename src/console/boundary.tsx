import { Component, type ReactNode } from 'react'
import { useSay } from '../kit/console/language.tsx'
import { ProblemNote } from '../kit/console/screen.tsx'

function Failed({ detail }: { readonly detail: string }) {
  const t = useSay({ failed: { zh: '这个页面没有打开', en: 'This screen could not be shown' }, saved: { zh: '已经提交或者自动保存的内容不受影响。', en: 'What was submitted or saved is not affected.' } })
  return <ProblemNote problem={{ code: 'console/failed', status: 500, title: t('failed'), detail }} kept={t('saved')} again={() => window.location.reload()} />
}

/** A screen that fails takes nothing else down: what went wrong is said, and it can be opened again. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error }
  }

  override render(): ReactNode {
    return this.state.error ? <Failed detail={this.state.error.message} /> : this.props.children
  }
}
