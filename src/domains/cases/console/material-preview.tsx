import { useEffect, useState } from 'react'
import { asProblem, getBlob, type Problem } from '../../../kit/console/api.ts'
import { Dialog } from '../../../kit/console/dialog.tsx'
import { useSay } from '../../../kit/console/language.tsx'
import { Loading, Nothing, ProblemNote } from '../../../kit/console/screen.tsx'

const TEXTS = { open: { zh: '在新标签页打开', en: 'Open in a new tab' }, other: { zh: '这种文件不能在这里显示，请在新标签页打开。', en: 'This kind of file cannot be shown here; open it in a new tab.' } } as const

/** A handed-in file where the officer works: pictures and PDFs are shown, what a browser cannot show is opened beside. */
export function MaterialPreview({ url, name, onClose }: { readonly url: string; readonly name: string; readonly onClose: () => void }) {
  const t = useSay(TEXTS)
  const [shown, setShown] = useState<{ readonly address: string; readonly type: string }>()
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    let address: string | undefined
    let left = false
    getBlob(url).then((blob) => {
      if (left) return
      address = URL.createObjectURL(blob)
      setShown({ address, type: blob.type })
    }, (error: unknown) => { if (!left) setProblem(asProblem(error)) })
    return () => {
      left = true
      if (address !== undefined) URL.revokeObjectURL(address)
    }
  }, [url])
  return (
    <Dialog wide title={name} onClose={onClose}>
      <p><a href={url} target="_blank" rel="noreferrer">{t('open')}</a></p>
      <ProblemNote problem={problem} kept=" " />
      {shown === undefined ? (problem ? null : <Loading />)
        : shown.type.startsWith('image/') ? <img className="mt-preview" src={shown.address} alt={name} />
          : shown.type === 'application/pdf' ? <iframe className="mt-preview-page" src={shown.address} title={name} />
            : <Nothing>{t('other')}</Nothing>}
    </Dialog>
  )
}
