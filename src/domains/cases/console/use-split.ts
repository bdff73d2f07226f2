import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { sendNamed } from '../../../kit/console/files-field.tsx'
import type { MaterialInput } from '../contract.ts'
import { cutPages, type SourcePage } from './cut-pages.ts'
import { among, firstOpen, goTo, isSorted, partName, partsOf, stackOf, type PageStack } from './page-stack.ts'

/** A scan under the clerk's hands. */
export interface Split { readonly name: string; readonly source: readonly SourcePage[]; readonly stack: PageStack; /** The one file it came as, which can also be handed in whole. */ readonly whole: File | null }

/** The scan that was being sorted when its screen was left; one, because a scan is large. */
let kept: { readonly form: string; readonly split: Split } | null = null

/** What a form asks of a scan that is still being sorted, before it is sent. */
export interface OpenSplit {
  readonly sorted: boolean
  /** Cuts and sends it; the materials with their parts, or null where pages are still open: the screen then says which. */
  readonly finish: () => Promise<MaterialInput[] | null>
}

/** Puts a file into a material; what is not there yet is then handed in electronically. */
export const withFile = (value: readonly MaterialInput[], materialId: string, fileId: string): MaterialInput[] => {
  const before = value.find((one) => one.materialId === materialId)
  return [...value.filter((one) => one.materialId !== materialId), { materialId, form: 'electronic', copies: 1, ...before, fileId }]
}

export interface UseSplit {
  readonly split: Split | null
  readonly open: (source: readonly SourcePage[], files: readonly File[]) => void
  readonly change: (stack: PageStack) => void
  readonly drop: () => void
  /** As `OpenSplit.finish`. */
  readonly finish: () => Promise<MaterialInput[] | null>
  /** Parts sent and parts in all, while they are. */
  readonly sending: readonly [number, number] | null
  /** How often the end was asked for while pages were open. */
  readonly asked: number
}

/** The splitting of one scan in one form, kept over a look at another screen. */
export function useSplit(form: string, materials: readonly string[], value: readonly MaterialInput[], onChange: (value: MaterialInput[]) => void): UseSplit {
  const [state, setState] = useState<{ readonly form: string; readonly split: Split | null }>({ form, split: kept?.form === form ? kept.split : null })
  const [sending, setSending] = useState<readonly [number, number] | null>(null)
  const [asked, setAsked] = useState(0)
  // Sending takes seconds in which she may go on typing: what is there at its end counts.
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  /** Ids of parts sent before something failed, by their content. */
  const sent = useRef(new Map<string, string>())
  const held = state.form === form ? state.split : kept?.form === form ? kept.split : null
  const split = held && { ...held, stack: among(held.stack, materials) }
  const put = (next: Split | null): void => {
    if (next !== null || kept?.form === form) kept = next && { form, split: next }
    setState({ form, split: next })
  }
  const send = async (part: Split, pages: readonly number[]): Promise<string> => {
    const content = JSON.stringify(pages.map((page) => [page, part.stack.pages[page]!.turn]))
    const before = sent.current.get(content)
    if (before !== undefined) return before
    const bytes = await cutPages(part.source, pages, part.stack.pages)
    const id = await sendNamed(new File([bytes], partName(part.name, pages), { type: 'application/pdf' }))
    sent.current.set(content, id)
    return id
  }
  const finish = async (): Promise<MaterialInput[] | null> => {
    if (split === null || sending !== null) return null
    if (!isSorted(split.stack)) {
      setAsked((times) => times + 1)
      const open = firstOpen(split.stack)
      if (open !== -1) put({ ...split, stack: goTo(split.stack, open) })
      return null
    }
    const parts = partsOf(split.stack)
    const files: [string, string][] = []
    try {
      for (const [material, pages] of parts) {
        setSending([files.length, parts.size])
        files.push([material, await send(split, pages)])
      }
    } finally {
      setSending(null)
    }
    const materials = files.reduce<MaterialInput[]>((list, [material, fileId]) => withFile(list, material, fileId), [...latest.current.value])
    // At once, so that whoever sends or saves the form next sees its effects done.
    flushSync(() => {
      put(null)
      latest.current.onChange(materials)
    })
    return materials
  }
  return {
    split, sending, asked, finish,
    open: (source, files) => {
      sent.current.clear()
      setAsked(0)
      put({ name: files[0]!.name, source, stack: stackOf(source.length), whole: files.length === 1 ? files[0]! : null })
    },
    change: (stack) => { if (split && sending === null) put({ ...split, stack }) },
    drop: () => put(null),
  }
}
