import { Component, type ReactNode } from 'react'
import { ProblemNote } from '../kit/console/screen.tsx'

/** A screen that fails takes nothing else down: what went wrong is said, and it can be opened again. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error }
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children
    return <ProblemNote problem={{ code: 'console/failed', status: 500, title: this.state.error.message }} again={() => window.location.reload()} />
  }
}
