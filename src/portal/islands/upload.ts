/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * Sends a chosen file at once, with progress, and puts its id into the hidden field that `data-upload` names; the file field is
 * then left out of the form; a form marked `data-send-when-uploaded` is sent then. Without it the file goes with the form.
 */

const say = document.documentElement.lang.startsWith('zh')
  ? { sending: '正在上传 {n}%', done: '已上传：{n}', failed: '没有传上去：{n}。表单提交时会再传一次。' }
  : { sending: 'Uploading {n}%', done: 'Uploaded: {n}', failed: 'Not uploaded: {n}. It will be sent again with the form.' }

for (const input of document.querySelectorAll<HTMLInputElement>('input[type=file][data-upload]:not([multiple])')) {
  const own = { name: input.name, required: input.required }
  input.addEventListener('change', () => {
    // Until this file has arrived, it goes with the form as if there were no script.
    Object.assign(input, own)
    send(input)
  })
}

function send(input: HTMLInputElement): void {
  const file = input.files?.[0]
  const form = input.form
  if (file === undefined || form === null) return
  const progress = input.parentElement?.querySelector('progress') ?? null
  const status = statusOf(input)
  const hidden = hiddenOf(form, input.dataset['upload']!)
  hidden.value = ''
  const request = new XMLHttpRequest()
  const failed = (why: string): void => {
    if (progress !== null) progress.hidden = true
    status.textContent = say.failed.replace('{n}', why)
  }
  request.open('POST', '/api/v1/files')
  request.setRequestHeader('accept', 'application/json')
  request.upload.addEventListener('progress', (event) => {
    const percent = event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0
    if (progress !== null) { progress.hidden = false; progress.value = percent }
    status.textContent = say.sending.replace('{n}', String(percent))
  })
  request.addEventListener('load', () => {
    // Another file was chosen meanwhile: this one's id is of no use.
    if (input.files?.[0] !== file) return
    if (request.status !== 201) return failed(titleOf(request.responseText))
    hidden.value = (JSON.parse(request.responseText) as { fileId: string }).fileId
    input.removeAttribute('name')
    input.required = false
    status.textContent = say.done.replace('{n}', file.name)
    if (form.dataset['sendWhenUploaded'] !== undefined) form.requestSubmit()
  })
  request.addEventListener('error', () => failed('network'))
  const body = new FormData()
  body.append('file', file)
  request.send(body)
}

function titleOf(text: string): string {
  const problem = text.startsWith('{') ? (JSON.parse(text) as { title?: string }) : {}
  return problem.title ?? 'HTTP'
}

function hiddenOf(form: HTMLFormElement, name: string): HTMLInputElement {
  const there = form.elements.namedItem(name)
  if (there instanceof HTMLInputElement) return there
  const hidden = document.createElement('input')
  hidden.type = 'hidden'
  hidden.name = name
  form.append(hidden)
  return hidden
}

function statusOf(input: HTMLInputElement): HTMLElement {
  const there = input.parentElement?.querySelector<HTMLElement>('[role=status]')
  if (there) return there
  const status = document.createElement('p')
  status.className = 'hint'
  status.setAttribute('role', 'status')
  input.after(status)
  return status
}
