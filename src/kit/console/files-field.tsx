import { Button, Progress } from 'antd'
import { useState } from 'react'
import { asProblem, sendFile, type Problem } from './api.ts'
import { useSay } from './language.tsx'
import { PickFile } from './pick-file.tsx'
import { ProblemNote } from './screen.tsx'

export interface FilesFieldProps {
  readonly id: string
  readonly label: string
  /** File ids. */
  readonly value: readonly string[]
  readonly onChange: (files: string[]) => void
  readonly single?: boolean
  readonly compact?: boolean
  /** Endings the dialogue offers; what may be stored is the server's to say. */
  readonly accept?: string
  /** What is done with files before they are sent; those it answers are sent. With it several may be chosen even where one is kept. */
  readonly first?: (chosen: readonly File[]) => Promise<readonly File[]>
}
/** Names of what was sent in this session, so that a form taken up again can say them. */
const names = new Map<string, string>()
export const fileNameOf = (fileId: string): string | undefined => names.get(fileId)
/** Sends a file and remembers its name; answers its id. */
export async function sendNamed(file: File, onProgress: (share: number) => void = () => undefined): Promise<string> {
  const { fileId } = await sendFile(file, onProgress)
  names.set(fileId, file.name)
  return fileId
}

/** Files or scans, sent as soon as they are chosen, each with its progress; a failed one can be sent again. */
export function FilesField({ id, label, value, onChange, single, compact, accept = '.pdf,.jpg,.jpeg,.png,.ofd,.docx,.xlsx,.mp4', first }: FilesFieldProps) {
  const [sending, setSending] = useState<readonly { readonly name: string; readonly share: number }[]>([])
  const [problem, setProblem] = useState<Problem>()
  const t = useSay({
    choose: { zh: '选择文件或扫描件', en: 'Choose a file or scan' }, another: { zh: '再选一个', en: 'Another' }, replace: { zh: '换一个', en: 'Replace' },
    remove: { zh: '移除 {name}', en: 'Remove {name}' }, file: { zh: '已上传的文件', en: 'File sent' }, sending: { zh: '正在上传 {name}', en: 'Sending {name}' },
  })
  const take = async (chosen: readonly File[]): Promise<void> => {
    setProblem(undefined)
    let files = single ? [] : [...value]
    let sent: readonly File[] = chosen
    try {
      if (first) sent = await first(chosen)
    } catch (error) {
      setProblem(asProblem(error))
      return
    }
    for (const file of sent) {
      const progress = (share: number) => setSending((list) => [...list.filter((one) => one.name !== file.name), { name: file.name, share }])
      progress(0)
      try {
        files = [...(single ? [] : files), await sendNamed(file, progress)]
        onChange(files)
      } catch (error) {
        setProblem(asProblem(error))
      } finally {
        setSending((list) => list.filter((one) => one.name !== file.name))
      }
    }
  }
  return (
    <div className={compact ? 'mt-files mt-files-compact' : 'mt-files'}>
      <PickFile id={id} label={label} multiple={!single || first !== undefined} {...(compact === undefined ? {} : { compact })} accept={accept} text={value.length === 0 ? t('choose') : single ? t('replace') : t('another')} onPick={(files) => void take(files)} />
      <ul>
        {value.map((file) => (
          <li key={file}>
            <span className="mt-file-name">✓ {names.get(file) ?? t('file')}</span>
            <Button type="text" size="small" aria-label={t('remove', { name: names.get(file) ?? t('file') })} onClick={() => onChange(value.filter((one) => one !== file))}>✕</Button>
          </li>
        ))}
        {sending.map(({ name, share }) => <li key={name} role="status">{t('sending', { name })}<Progress percent={Math.round(share * 100)} size="small" strokeColor="#1d6f54" aria-label={t('sending', { name })} /></li>)}
      </ul>
      <ProblemNote problem={problem} />
    </div>
  )
}
