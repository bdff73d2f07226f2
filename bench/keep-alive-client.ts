import { connect, type Socket } from 'node:net'

export interface Reply { readonly status: number; readonly body: Buffer }

/**
 * One connection that posts JSON and waits for each answer. The load runs on the same two cores as what it measures, and pgbench beside
 * it is a small C program: so it does no more than HTTP/1.1 with content-length asks of a client, and leaves reading the body to the caller.
 */
export class KeepAliveClient {
  readonly #socket: Socket
  #waiting: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void } | undefined
  #pieces: Buffer[] = []

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true)
    this.#socket.on('data', (piece: Buffer) => this.#take(piece))
    this.#socket.on('error', (error) => this.#waiting?.reject(error))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  post(path: string, token: string, json: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: Bearer ${token}\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(piece: Buffer): void {
    this.#pieces.push(piece)
    const all = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces)
    this.#pieces = [all]
    const end = all.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = all.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (all.length < end + 4 + length) return
    this.#pieces = []
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), body: all.subarray(end + 4) })
  }
}
